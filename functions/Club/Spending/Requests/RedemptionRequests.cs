using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Club.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Club.Spending;

/// <summary>
/// Redemptions that a partner's till asks for over the queue. The key is taken, the answer is committed with what it tells, then it is
/// sent; a crash in between is healed by the next delivery, which is told the same answer. A refusal is an answer like any other: the
/// customer has gone, so nothing is parked or tried again later.
/// </summary>
public sealed class RedemptionRequests(IClubStore store, Redemptions redemptions, MemberLedger ledger, Membership membership, Claims claims,
    IAnswers answers, ClubCalendar calendar) : IHandlesEvents
{
    public string Type => RequestedRedemption.EventType;

    public Asked? Read(JsonFields data, string source, string id, string raw) => RequestedRedemption.Read(data, source, id, raw);

    public async Task Handle(Asked asked, CancellationToken cancellation)
    {
        var request = (RequestedRedemption)asked;
        var answer = await Take(request, cancellation) is { } kept ? await Answer(request, kept, cancellation)
            : RedemptionAnswer.Of(Problems.OtherContent(request));
        var unique = answer.Problem?.Code == "different-content" ? request.ContentHash : null;
        await answers.Send(new AnsweredRequest(request.Source, request.Id, answer.Redemption, answer.Problem)
            .ToEvent(calendar.Now, unique), cancellation);
    }

    /// <summary>What a request was answered. A dealer's staff are told of what was asked for at their own till.</summary>
    /// <returns>Null when there was none, or none that is the caller's to see, or it is being answered.</returns>
    public async Task<AnsweredRequest?> Find(string source, string id, Caller caller, CancellationToken cancellation)
    {
        var partition = AskedRedemption.PartitionOf(source, id);
        if (await store.Read<AskedRedemption>(partition, AskedRedemption.Id, cancellation) is not { Value: var kept }) return null;
        if (caller.IsScoped && (caller.Dealer is null || caller.Dealer != kept.DealerId)) return null;
        if (kept.MemberId is not { } memberId) return Told(RedemptionAnswer.Of(UnknownMember));
        var command = new Command(partition, kept.Content) { Scope = source };
        return await ledger.Told(memberId, command, cancellation) is { } told
            ? Told(told.Again<RedemptionAnswer>(command).Value.Answer) : null;

        AnsweredRequest Told(RedemptionAnswer answer) => new(source, id, answer.Redemption, answer.Problem);
    }

    private static Problem UnknownMember => new("unknown-member", "Nobody is known by what the request names.", "$.data.member");

    /// <returns>Whose the key is; null when it was used for something else.</returns>
    private Task<AskedRedemption?> Take(RequestedRedemption request, CancellationToken cancellation) =>
        Retry.UntilDone<AskedRedemption?>("The key of a redemption", async () =>
    {
        var partition = AskedRedemption.PartitionOf(request.Source, request.Id);
        var memberId = await MemberOf(request.Member, cancellation);
        if (await store.Read<AskedRedemption>(partition, AskedRedemption.Id, cancellation) is { Value: var kept })
            return kept.Content == request.ContentHash && await IsSame(kept.MemberId, memberId, cancellation) ? kept : null;
        var taken = new AskedRedemption { Content = request.ContentHash, MemberId = memberId, DealerId = request.Request.For.DealerId,
            At = calendar.Now };
        return await store.Commit(partition, [taken.ToCreate()], cancellation) is CommitResult.Written ? taken : Retry.Again;
    }, cancellation);

    /// <summary>Whoever was nobody then, or is nobody any more, is no other member.</summary>
    private async ValueTask<bool> IsSame(MemberId? then, MemberId? now, CancellationToken cancellation) =>
        then is null || now is null || await membership.Survivor(then.Value, cancellation) == now;

    private async ValueTask<MemberId?> MemberOf(MemberReference named, CancellationToken cancellation)
    {
        var memberId = named.Identity is { } identity ? (await claims.Find(identity, cancellation)).Owner : named.MemberId;
        return memberId is { } one ? (await membership.Find(one, cancellation))?.MemberId : null;
    }

    /// <exception cref="StoreException">The member's two records are being made one: the queue delivers again.</exception>
    private async Task<RedemptionAnswer> Answer(RequestedRedemption request, AskedRedemption kept, CancellationToken cancellation)
    {
        if (kept.MemberId is not { } memberId) return RedemptionAnswer.Of(UnknownMember);
        var command = new Command(AskedRedemption.PartitionOf(request.Source, request.Id), kept.Content) { Scope = request.Source };
        // Whoever was forgotten since the key was taken spends nothing any more, and is answered as before.
        if (await ledger.Told(memberId, command, cancellation) is { } told) return told.Again<RedemptionAnswer>(command).Value.Answer;
        if (await membership.Find(memberId, cancellation) is not { } profile) return RedemptionAnswer.Of(UnknownMember);
        var author = request.Source[..Math.Min(request.Source.Length, Limits.Author)];
        var outcome = await redemptions.RedeemOnce(profile, request.Request, command, Caller.OperatorAs(author), cancellation);
        return outcome.Problem is { } problem ? throw new StoreException(problem.Message) : outcome.Value.Answer;
    }
}

internal static class RequestServices
{
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.TryAddSingleton<IAnswers, AnswersByCall>();
        return services.AddSingleton<RedemptionRequests>()
            .AddSingleton<IHandlesEvents>(provider => provider.GetRequiredService<RedemptionRequests>());
    }
}
