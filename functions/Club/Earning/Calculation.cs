using System.Globalization;
using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Earning;

/// <summary>How points come about, or go.</summary>
[JsonConverter(typeof(CamelCaseEnum<How>))]
public enum How
{
    /// <summary>CNY (of) × points for each (by).</summary>
    Rate,

    /// <summary>CNY (of) × the rate (by) of the gross margin (name).</summary>
    Margin,

    /// <summary>Points given (of) × (factor (by) − 1).</summary>
    Multiplier,

    /// <summary>Points (of) for each of so many pieces (by).</summary>
    PerUnit,

    /// <summary>Points (of) for a line.</summary>
    PerLine,

    /// <summary>Points (of) for a transaction.</summary>
    PerTransaction,

    /// <summary>What was measured (of) reaches a step (by).</summary>
    Step,

    /// <summary>Points earned (of) × CNY returned in all (by) / CNY of the line (per), less what was taken before (less).</summary>
    Returned,

    /// <summary>The whole transaction went back.</summary>
    ReturnedWhole,

    /// <summary>Of what was earned (of) the part that is left earns so much (by).</summary>
    LeftEarns,

    /// <summary>Earned on a day and lapsed on another.</summary>
    Lapsed,

    /// <summary>What was owed after a return, repaid by what lapsed.</summary>
    RepaidByLapse,

    /// <summary>Points (of) of a lot (lot) can be spent: an event (name) came.</summary>
    Released,

    /// <summary>Points (of) of a lot, each at a price (by), were spent.</summary>
    Spent,

    /// <summary>Points (of) were spent before they were earned.</summary>
    Overdrawn,

    /// <summary>Points (of) that were owed are owed no more.</summary>
    Repaid,

    /// <summary>Points (of) that were owed were bought with CNY (by) each.</summary>
    Bought,

    /// <summary>Points (of) came back into their lot, each at a price (by).</summary>
    Refunded,

    /// <summary>Points (of) did not come back: they had lapsed.</summary>
    LapsedMeanwhile,

    /// <summary>Points (of) of a lot, each at a price (by), went to somebody else, or came from somebody.</summary>
    Transferred,

    /// <summary>Points (of) of a lot paid the fee of a transfer.</summary>
    Fee,

    /// <summary>Points (of) of a lot were donated.</summary>
    Donated,

    /// <summary>Points (of) were exchanged with a partner at a rate (by).</summary>
    Exchanged,

    /// <summary>Points (of) were adjusted by staff.</summary>
    Adjusted,
}

/// <summary>The arithmetic of points, as numbers; words are made of it when somebody asks.</summary>
/// <param name="Makes">Points before caps.</param>
public sealed record Calculation(
    How How,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal? Of = null,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal? By = null,
    Points? Makes = null,
    string? Name = null)
{
    [JsonConverter(typeof(PlainNumberConverter))] public decimal? Per { get; init; }
    public Points? Less { get; init; }
    public string? Lot { get; init; }
    public DateOnly? EarnedOn { get; init; }
    public DateOnly? LapsedOn { get; init; }

    public string In(Language language) => How switch
    {
        How.Rate => Product(Of, RateText(By ?? 0), By),
        How.Margin => Product(Of, RateText(By ?? 0), By) + language.Say($" by margin {Name}", $"(按毛利{Name})"),
        How.Multiplier => Product(Of, $"({Text(By)} − 1)", By - 1),
        How.PerUnit => Product(Of, Text(By), By),
        How.PerLine => language.Say($"{Text(Of)} per line", $"每行{Text(Of)}"),
        How.PerTransaction => language.Say($"{Text(Of)} per transaction", $"每笔{Text(Of)}"),
        How.Step => $"{Text(Of)} ≥ {Text(By)}: {Makes}",
        How.Returned => language.Say($"{Text(Of)} × {Text(By)} / {Text(Per)} returned in all, less {Less} taken before",
        $"{Text(Of)} × 累计退回{Text(By)} / {Text(Per)},减此前已扣{Less}"),
        How.ReturnedWhole => language.Say("the whole transaction was returned", "整笔交易已退回"),
        How.LeftEarns => language.Say($"what is left of the transaction earns {Text(By)} of {Text(Of)}", $"剩余部分应得{Text(By)},原得{Text(Of)}"),
        How.Lapsed => language.Say($"earned on {EarnedOn:yyyy-MM-dd}, lapsed on {LapsedOn:yyyy-MM-dd}",
        $"{EarnedOn:yyyy-MM-dd}获得,{LapsedOn:yyyy-MM-dd}失效"),
        How.RepaidByLapse => language.Say("owed after a return, repaid by what lapsed", "退货欠分,由失效积分抵还"),
        How.Released => language.Say($"{Text(Of)} of {Lot} can be spent: {Name}", $"{Lot}中的{Text(Of)}分因“{Name}”可以使用"),
        How.Spent => Lotted(language),
        How.Overdrawn => language.Say($"{Text(Of)} spent before they are earned", $"透支{Text(Of)}分"),
        How.Repaid => language.Say($"{Text(Of)} owed no more", $"冲销欠分{Text(Of)}分"),
        How.Bought => language.Say($"{Text(Of)} owed at the deadline, bought with cash at {Text(By)} CNY each",
            $"到期未还{Text(Of)}分,以现金每分{Text(By)}元购回"),
        How.Refunded => language.Say($"back in their lot: {Lotted(language)}", $"退回原批次:{Lotted(language)}"),
        How.LapsedMeanwhile => language.Say($"{Text(Of)} had lapsed meanwhile and did not come back", $"其间已失效{Text(Of)}分,不予退还"),
        How.Transferred => language.Say($"transferred: {Lotted(language)}", $"转赠:{Lotted(language)}"),
        How.Fee => language.Say($"as the fee: {Lotted(language)}", $"手续费:{Lotted(language)}"),
        How.Donated => language.Say($"donated: {Lotted(language)}", $"捐赠:{Lotted(language)}"),
        How.Exchanged => language.Say($"{Text(Of)} exchanged at a rate of {Text(By)}", $"按{Text(By)}的比率兑换{Text(Of)}分"),
        How.Adjusted => language.Say($"{Text(Of)} adjusted by staff", $"人工调整{Text(Of)}分"),
        _ => throw new NotSupportedException($"There are no words for {How}."),
    };

    /// <summary>How many of which lot, and at what price.</summary>
    private string Lotted(Language language) => By is null
        ? language.Say($"{Text(Of)} earned on {EarnedOn:yyyy-MM-dd}", $"{EarnedOn:yyyy-MM-dd}获得的积分{Text(Of)}分")
        : language.Say($"{Text(Of)} earned on {EarnedOn:yyyy-MM-dd}, at {Text(By)} CNY each",
            $"{EarnedOn:yyyy-MM-dd}获得的积分{Text(Of)}分(每分成本{Text(By)}元)");

    private string Product(decimal? of, string by, decimal? factor)
    {
        var exact = of * factor ?? 0;
        return exact == Makes?.Value ? $"{Text(of)} × {by} = {Makes}" : $"{Text(of)} × {by} = {Text(exact)} → {Makes}";
    }

    private static string RateText(decimal perYuan) => perYuan < 1 ? Text(perYuan * 100) + " %" : Text(perYuan);

    private static string Text(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture) ?? "";
}
