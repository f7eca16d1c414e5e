using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Joining;

/// <summary>
/// Decides who goes into whom, for good. The survivor's account is marked before the other one is sealed, and an account with marks is
/// sealed only after the members it takes in are done: so no two members can be sealed into each other, whoever asks for what at the same
/// time.
/// </summary>
public sealed class MergeSeal(IClubStore store, MemberLedger ledger, ProgrammeLibrary library, ClubCalendar calendar,
    Membership membership)
{
    /// <summary>A merge that somebody waits for.</summary>
    private sealed record Edge(MemberId Fan, MemberId Survivor);

    /// <summary>Seals the fan's account, and first those that are being merged into it, each carried over by
    /// <paramref name="carry"/>.</summary>
    /// <returns>The sealed account, wherever it leads to; null when the survivor turned out to be the fan itself.</returns>
    public Task<Account?> Seal(MemberId fanId, MemberId survivorId, Func<Account, Task> carry, CancellationToken cancellation) =>
        Retry.UntilDone($"Member {fanId}, who is being merged into {survivorId},", () =>
            TrySeal(new Edge(fanId, survivorId), [], carry, cancellation), cancellation);

    /// <summary>Takes the mark off the survivor: the fan is done, or went elsewhere.</summary>
    /// <returns>False when there was none.</returns>
    public Task<bool> Unmark(MemberId survivorId, MemberId fanId, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"The account of member {survivorId}", async () =>
    {
        if (await store.Read<Account>(survivorId, Account.Id, cancellation) is not { } stored || !IsMarked(stored.Value, fanId))
            return false;
        var rest = stored.Value.Absorbs!.Where(one => one.MemberId != fanId).ToArray();
        var after = stored.Value with { Absorbs = rest.Length == 0 ? null : rest };
        return await store.Commit(survivorId, [after.ToReplace(stored.ETag)], cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);

    /// <returns>Not done when another writer came between, or a circle of wishes was undone: everything is read again.</returns>
    private async Task<Tried<Account?>> TrySeal(Edge edge, IReadOnlyList<Edge> waiting, Func<Account, Task> carry,
        CancellationToken cancellation)
    {
        // The fan is read before the mark is set: only then does an unchanged ETag say that it took nobody in meanwhile.
        var fan = await store.Read<Account>(edge.Fan, Account.Id, cancellation);
        if (fan?.Value.MergedInto is not null) return fan.Value;
        var survivorId = (await ledger.Load(edge.Survivor, cancellation)).MemberId;
        if (survivorId == edge.Fan) return (Account?)null;
        // Whoever is forgotten takes nobody in and goes into nobody; her erasure touches the account that is committed below.
        if (await membership.IsErased(edge.Fan, cancellation) || await membership.IsErased(survivorId, cancellation)) return (Account?)null;
        if (fan?.Value.Absorbs is { Count: > 0 } absorbed)
        {
            await FinishFirst(edge, absorbed, waiting, carry, cancellation);
            return Retry.Again;
        }
        if (!await Mark(survivorId, edge.Fan, cancellation)) return Retry.Again;
        var account = (fan?.Value ?? ledger.New(edge.Fan, await library.Now(cancellation))) with { MergedInto = survivorId,
            MergeDue = calendar.Today };
        return await store.Commit(edge.Fan, [account.ToWrite(fan?.ETag)], cancellation) is CommitResult.Written ? account : Retry.Again;
    }

    private async Task FinishFirst(Edge edge, IReadOnlyList<Absorption> absorbed, IReadOnlyList<Edge> waiting, Func<Account, Task> carry,
        CancellationToken cancellation)
    {
        Edge[] path = [.. waiting, edge];
        foreach (var one in absorbed)
        {
            if (path.FirstOrDefault(other => other.Fan == one.MemberId) is { } first)
            {
                // Each waits for the next one: whoever has the lowest id is to stay, which all who see the circle see alike.
                var circle = path.SkipWhile(other => other != first);
                var stays = circle.MinBy(other => other.Fan)!;
                await Unmark(stays == first ? edge.Fan : stays.Survivor, stays.Fan, cancellation);
                return;
            }
            if (await TrySeal(new Edge(one.MemberId, edge.Fan), path, carry, cancellation) is not { IsDone: true, Answer: var account })
                return;
            if (account is not null) await carry(account);
            if (account?.MergedInto != edge.Fan) await Unmark(edge.Fan, one.MemberId, cancellation);
        }
    }

    private async Task<bool> Mark(MemberId survivorId, MemberId fanId, CancellationToken cancellation)
    {
        var stored = await store.Read<Account>(survivorId, Account.Id, cancellation);
        var survivor = stored?.Value ?? ledger.New(survivorId, await library.Now(cancellation));
        if (survivor.MergedInto is not null) return false;
        if (IsMarked(survivor, fanId)) return true;
        var marked = survivor with { Absorbs = [.. survivor.Absorbs ?? [], new Absorption(fanId, calendar.Today)] };
        return await store.Commit(survivorId, [marked.ToWrite(stored?.ETag)], cancellation) is CommitResult.Written;
    }

    private static bool IsMarked(Account survivor, MemberId fanId) => survivor.Absorbs?.Any(one => one.MemberId == fanId) ?? false;
}
