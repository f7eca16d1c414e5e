namespace Club.Desk.Charts;

/// <param name="After">What it becomes, where two are compared.</param>
public sealed record Bar(string Label, decimal Value, decimal? After = null);
