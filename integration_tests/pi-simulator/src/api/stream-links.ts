/** Links from an object to the values of its stream or set of streams. */
export function streamLinks(self: string): Record<string, string> {
  return {
    InterpolatedData: `${self}/interpolated`,
    RecordedData: `${self}/recorded`,
    PlotData: `${self}/plot`,
    SummaryData: `${self}/summary`,
    Value: `${self}/value`,
    EndValue: `${self}/end`,
  };
}
