/** What a model's tokens cost, in the currency the page names, per million tokens. A kind without a price is free. */
export interface Prices {
  readonly textIn?: number;
  readonly textCachedIn?: number;
  readonly textOut?: number;
  readonly audioIn?: number;
  readonly audioCachedIn?: number;
  readonly audioOut?: number;
  readonly imageIn?: number;
}
