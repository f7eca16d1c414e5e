using System.Runtime.CompilerServices;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Programmes;
using Club.WhatIf;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Rules;

public sealed record WhatIfModel(IReadOnlyList<string> Names, string? Book, string Sample, Said? Wrong);

/// <summary>Asks what another rule book would have done.</summary>
public sealed class WhatIfPage(RuleBooks books) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation) =>
        await Show(visit.Query["book"].ToString(), "100", null, StatusCodes.Status200OK, cancellation);

    public async Task<Reply.Page> Show(string? book, string sample, Said? wrong, int status, CancellationToken cancellation) =>
        Reply.Of<WhatIfForm>(new WhatIfModel(await books.Names(cancellation), book, sample, wrong), TrialWords.WhatIf, status);
}

/// <summary>Plays the history, and writes the page while it does.</summary>
public sealed class PlayHistory(RuleBooks books, WhatIfPage page, ProgrammeLibrary library, Replay replay, WhatIfGate gate) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var (book, sample) = (form.Whole("book"), form.Text("sample") ?? "100");
        if (Amounts.Of(sample, decimals: 8) is not (> 0 and <= 100 and var percent))
            return await page.Show(book, sample, TrialWords.BadSample, StatusCodes.Status400BadRequest, cancellation);
        if (await books.Find(book, cancellation) is not { } draft)
            return await page.Show(book, sample, TrialWords.NoBook, StatusCodes.Status400BadRequest, cancellation);
        var rules = await library.Now(cancellation);
        return new Reply.Stream(TrialWords.WhatIf, stop => Pieces(rules, draft, percent, stop), gate.TryEnter,
            await page.Show(book, sample, TrialWords.Busy, StatusCodes.Status429TooManyRequests, cancellation));
    }

    private async IAsyncEnumerable<(Type, object?)> Pieces(ProgrammeVersions rules, Programme draft, decimal percent,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return (typeof(WhatIfTitle), null);
        yield return (typeof(WhatIfStepLine), new WhatIfProgress(0, 0));
        await foreach (var step in replay.Run(rules, draft, percent, cancellation))
        {
            if (step.Progress is { } progress) yield return (typeof(WhatIfStepLine), progress);
            if (step.Report is { } report) yield return (typeof(WhatIfResult), new WhatIfResultModel(report, rules.Current, draft));
        }
    }
}

/// <param name="Before">Whose names the tiers and wallets had.</param>
public sealed record WhatIfResultModel(WhatIfReport Report, Programme Before, Programme After)
{
    public string TierName(string code) =>
        (After.Tiers.FirstOrDefault(tier => tier.Code == code) ?? Before.Tiers.FirstOrDefault(tier => tier.Code == code))?.Name ?? code;

    public string WalletName(string code) =>
        (After.Wallets.FirstOrDefault(wallet => wallet.Code == code) ?? Before.Wallets.FirstOrDefault(wallet => wallet.Code == code))?.Name
            ?? code;
}
