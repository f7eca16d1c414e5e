namespace Club.Ledger;

/// <summary>The sources under which the club itself books. What comes from outside never has one.</summary>
public static class OwnSource
{
    public const string Root = "/club";

    public static bool Is(string source) => source == Root || source.StartsWith(Root + "/", StringComparison.OrdinalIgnoreCase);
}
