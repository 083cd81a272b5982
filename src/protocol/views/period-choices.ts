/** Plan periods a yes may name, and the likely one. */
export interface PeriodChoices {
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly suggested: string | null;
}
