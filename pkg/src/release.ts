/** The version of this package; a file of another version is refused. */
export const VERSION = "0.1.0";
