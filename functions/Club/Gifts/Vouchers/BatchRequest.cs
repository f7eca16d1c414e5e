using System.Text.RegularExpressions;
using Club.Kernel;

namespace Club.Gifts;

/// <summary>Codes that are wanted for a gift: so many of the club's own, or those of somebody else.</summary>
/// <param name="Codes">Null: the club makes them.</param>
public sealed partial record BatchRequest(string Gift, int Count, IReadOnlyList<string>? Codes)
{
    /// <summary>As many as a body holds.</summary>
    public const int MostCodes = 2000;

    public static Outcome<BatchRequest> Read(JsonFields body)
    {
        var gift = body.Text("gift", maximum: 64);
        if (!body.Has("codes"))
        {
            var count = body.Whole("count");
            if (count is < 1 or > VoucherCode.MostVouchers) body.Fail("count", $"a whole number from 1 to {VoucherCode.MostVouchers} is expected");
            return body.Problem is { } wrong ? wrong : new BatchRequest(gift!, count!.Value, null);
        }
        if (body.Has("count")) body.Fail("count", "a batch has either a count or codes");
        var codes = body.Texts("codes");
        if (codes.Count is 0 or > MostCodes) body.Fail("codes", $"from 1 to {MostCodes} codes are expected");
        for (var at = 0; at < codes.Count; at++)
            if (Unfit(codes[at].Trim()) is { } why) body.Fail(FormattableString.Invariant($"codes[{at}]"), why);
        return body.Problem is { } problem ? problem : new BatchRequest(gift!, codes.Count, [.. codes.Select(code => code.Trim())]);
    }

    /// <summary>The code itself is not told again.</summary>
    private static string? Unfit(string code) => !Form().IsMatch(code) ? $"6 to {VoucherCodes.ImportedLength} letters, digits, dots, dashes and underscores are expected"
        : VoucherCode.Plain(code) is not null ? "it has the form of the club's own codes" : null;

    [GeneratedRegex("^[A-Za-z0-9._-]{6,64}$")]
    private static partial Regex Form();
}

/// <summary>A batch as answers tell it.</summary>
/// <param name="Made">How many of the codes are done: all of them when it is ready.</param>
public sealed record BatchView(string BatchId, string Gift, int Count, int Made, BatchState State, IReadOnlyList<DuplicateCode> Duplicates,
    DateTimeOffset At, string Author)
{
    public static BatchView Of(VoucherBatch batch) =>
        new(batch.Id, batch.Gift, batch.Count, batch.Made, batch.State, batch.Duplicates, batch.At, batch.Author);
}
