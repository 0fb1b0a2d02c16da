// A table of what became of earlier leads, given anywhere on the page: the view that learns from it takes it from here.
import { shallowRef } from "vue";

export const handedOutcomes = shallowRef<File>();
