using System.ComponentModel.DataAnnotations;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Club.Transactions;

/// <summary>How long refused messages are kept, section <c>Rejections</c>.</summary>
public sealed class RejectionOptions
{
    public const string Section = "Rejections";

    /// <summary>Days from the last time it was refused until a message's text lapses. More than the club itself tries again.</summary>
    [Range(8, 3650, ErrorMessage = "Rejections__DaysKept must be from 8 to 3650.")]
    public int DaysKept { get; set; } = 90;
}

/// <summary>The one place where refused messages are kept. Telling the same refusal twice keeps it once.</summary>
public sealed partial class Rejections(IClubStore store, ClubCalendar calendar,
    IOptions<RejectionOptions> options, ILogger<Rejections> logger)
{
    private const int RetryDays = 7;

    /// <summary>Characters of a text that is kept whole whatever it says: no bill of 200 lines needs more.</summary>
    public const int LongestWhole = 32 * 1024;

    /// <summary>Characters that are left of a longer one.</summary>
    public const int LongestCut = 4 * 1024;

    /// <summary>Keeps a refused message. One that was refused before, of the same sender, is one rejection still, with the reason of the
    /// last time.</summary>
    /// <param name="mayPass">Whether it may be booked one day as it stands; otherwise only the beginning of a long one is kept.</param>
    public async Task Add(string raw, string? source, string? sourceId, string? sentWith, Problem problem, CancellationToken cancellation,
        bool mayPass = true)
    {
        var id = IdOf(raw, sentWith);
        var cut = !mayPass && raw.Length > LongestWhole;
        if (cut) raw = Bounded.Text(raw, LongestCut);
        var rejection = Told(New(id, raw, source, sourceId, sentWith) with { IsCut = cut }, problem);
        if (await store.Commit(id, [rejection.ToCreate()], cancellation) is CommitResult.Written)
        {
            Note(rejection);
            return;
        }
        await Retry.UntilDone<bool>($"Rejection {id}", async () =>
        {
            if (await Find(id, cancellation) is not { } before) return false;
            var after = Told(before.Value with { Raw = raw, IsCut = cut }, problem);
            if (after == before.Value) return true;
            if (await store.Commit(id, [after.ToReplace(before.ETag)], cancellation) is not CommitResult.Written) return Retry.Again;
            Note(after);
            return true;
        }, cancellation);
    }

    public static string IdOf(string raw, string? sentWith) => Ids.Derived("R", raw, sentWith);

    private void Note(Rejection rejection)
    {
        Telemetry.Rejections.Add(1, new KeyValuePair<string, object?>("code", rejection.Code));
        Log.Rejected(logger, rejection.Id, rejection.Code, rejection.Path ?? "$");
    }

    public ValueTask<Stored<Rejection>?> Find(string id, CancellationToken cancellation) =>
        store.Read<Rejection>(id, "rejection", cancellation);

    /// <summary>Notes who approved a message that waits for it. The first approval counts.</summary>
    public Task<Outcome<Stored<Rejection>>> Approve(string id, Approval approval, CancellationToken cancellation) =>
        Retry.UntilDone<Outcome<Stored<Rejection>>>(
        $"Rejection {id}", async () => await TryApprove(id, approval, cancellation) is { } approved ? approved : Retry.Again, cancellation);

    private async Task<Outcome<Stored<Rejection>>?> TryApprove(string id, Approval approval, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { } rejection) return Problem.NotFound($"Rejection \"{id}\"");
        if (!Problems.IsApprovable(rejection.Value.Code))
            return new Problem("not-awaiting-approval",
                $"Rejection {id} is {rejection.Value.Code}: nothing of it waits for approval.") { Kind = ProblemKind.Conflict };
        if (rejection.Value.Unrepeatable is { } gone) return gone;
        if (rejection.Value.Approval is not null) return rejection;
        var approved = rejection.Value with { Approval = approval };
        if (await store.Commit(id, [approved.ToReplace(rejection.ETag)], cancellation) is not CommitResult.Written written) return null;
        return new Stored<Rejection>(approved, written.ETags[0]);
    }

    /// <summary>Notes how a replay went: done, or refused again, of which <see cref="Add"/> was told and which ends the club's own tries
    /// some day.</summary>
    /// <returns>False when there is none any more.</returns>
    public Task<bool> Settle(string id, Receipt receipt, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"Rejection {id}", async () =>
    {
        if (await Find(id, cancellation) is not { } rejection) return false;
        var after = receipt.Fate == Fate.Rejected
            ? Told(rejection.Value, receipt.Problem!) with { RetryUntil = rejection.Value.RetryUntil > calendar.Today
                ? rejection.Value.RetryUntil : null }
            : rejection.Value with { State = RejectionState.Replayed, ReplayedAt = calendar.Now };
        return after == rejection.Value || await store.Commit(id, [after.ToReplace(rejection.ETag)], cancellation) is CommitResult.Written
            ? true : Retry.Again;
    }, cancellation);

    /// <summary>Its days are over: the text goes, what is known of it stays listed; one that was replayed goes whole. What was told anew
    /// meanwhile stays.</summary>
    public async Task Lapse(Document document, CancellationToken cancellation)
    {
        var rejection = document.As<Rejection>();
        if (!(rejection.ForgetOn <= calendar.Today)) return;
        var lapsed = rejection with { State = RejectionState.Lapsed, Raw = null, ForgetOn = null, RetryUntil = null };
        await store.Commit(rejection.Id,
            [rejection.State == RejectionState.Replayed ? new Write.Delete(document.Id, document.ETag) : lapsed.ToReplace(document.ETag)],
            cancellation);
    }

    private Rejection New(string id, string raw, string? source, string? sourceId, string? sentWith) => new()
    {
        Id = id,
        State = RejectionState.Replayed,
        Code = "",
        Message = "",
        Source = source,
        SourceId = sourceId,
        SentWith = sentWith,
        ReceivedAt = calendar.Now,
        Raw = raw,
    };

    private Rejection Told(Rejection before, Problem problem) => before with
    {
        State = RejectionState.Open,
        ReplayedAt = null,
        Code = problem.Code,
        Message = problem.Message,
        Path = problem.Path,
        ForgetOn = calendar.Today.AddDays(options.Value.DaysKept),
        RetryUntil = problem.Code == "unknown-original" && before.Code != problem.Code ? calendar.Today.AddDays(RetryDays)
        : before.RetryUntil,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Message refused as {RejectionId}: {Code} at {Path}.")]
        public static partial void Rejected(ILogger logger, string rejectionId, string code, string path);
    }
}
