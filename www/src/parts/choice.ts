/** Something to choose. */
export interface Choice {
  value: string;
  label: string;
  /** How many there are of it. */
  count?: number;
  disabled?: boolean;
}
