using Club.Kernel;

namespace Club.Desk.Words;

/// <summary>What a page says, in both of the console's languages.</summary>
public readonly record struct Said(string En, string Zh)
{
    public string In(Language language) => language.Say(En, Zh);

    /// <summary>The same with numbers or names in its places.</summary>
    public Said With(params object?[] values) => new(
        string.Format(System.Globalization.CultureInfo.InvariantCulture, En, values),
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Zh, values));
}
