using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>
/// Whose an identity is: one document per phone, card, VIN, openId or unionId, in a partition named by the identity's keyed hash.
/// Transactions of an unknown customer are parked beside it, under its ETag, so that none slips between parking and registration.
/// </summary>
public sealed record Claim : IStored<Claim>
{
    public const string Id = "claim";
    public const string DisputeIndex = "dispute";

    public required string Partition { get; init; }

    /// <summary>The kind of identity, as it stands in a claim's partition: <c>phone</c>, <c>vin</c>, …</summary>
    public static string KindOf(string partition) => partition.Split(':')[1];

    /// <summary>The member; null while the customer is unknown and transactions wait.</summary>
    public MemberId? MemberId { get; init; }

    /// <summary>A VIN that somebody typed while transactions waited for it: they go on waiting until phone or card of one, or staff,
    /// confirm whose it is.</summary>
    public bool? Unconfirmed { get; init; }

    /// <summary>Whom transactions by this identity are booked for.</summary>
    [JsonIgnore] public MemberId? Owner => Unconfirmed is true ? null : MemberId;

    /// <summary>Who else says that it is theirs, and how staff settled it; null when nobody ever asked.</summary>
    public ClaimDispute? Dispute { get; init; }

    /// <summary>When somebody who is no member yet turned away: an openId that unfollowed before its follow was heard of.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>How many transactions were parked here and not yet handed over.</summary>
    public int Parked { get; init; }

    /// <summary>Since when somebody has to finish the hand-over of what was parked.</summary>
    public DateOnly? FinishDue { get; init; }

    /// <summary>The key of what was parked here is to go: until it has, nothing is parked.</summary>
    public bool? KeyIsDue { get; init; }

    /// <summary>Whether it says nothing at all.</summary>
    [JsonIgnore] public bool IsBlank => this == new Claim { Partition = Partition };

    static string IStored<Claim>.DocumentType => "claim";
    static JsonTypeInfo<Claim> IStored<Claim>.JsonType => MembersDocuments.Default.Claim;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            if (FinishDue is null && Dispute?.Since is null) return IndexKeys.None;
            var keys = new List<IndexKey>(2);
            if (FinishDue is { } due) keys.Add(new IndexKey(DueIndex.Finish, IndexKeys.Date(due)));
            if (Dispute?.Since is { } since) keys.Add(new IndexKey(DisputeIndex, IndexKeys.Moment(since)));
            return new IndexKeys(keys, Ids.Bucket(Partition));
        }
    }

    /// <summary>It is sure whose it is: what waits is due.</summary>
    public Claim Confirmed(DateOnly today) => this with
    {
        Unconfirmed = null,
        Dispute = Dispute is { Claimants.Count: > 0 } or { Decision: not null }
        ? Dispute with { Since = Dispute.Claimants.Count == 0 ? null : Dispute.Since } : null,
        FinishDue = Parked > 0 ? today : FinishDue,
    };

    /// <summary>The claim of somebody else when these members dispute it no more; null when they do not.</summary>
    public Claim? Without(IReadOnlyList<MemberId> members)
    {
        if (Dispute is null || !Dispute.Claimants.Concat(Dispute.Involved).Any(members.Contains)) return null;
        MemberId[] left = [.. Dispute.Claimants.Where(claimant => !members.Contains(claimant))];
        return this with
        {
            Dispute = Dispute with
            {
                Claimants = left,
                Involved = [.. Dispute.Involved.Where(one => !members.Contains(one))],
                Since = left.Length == 0 && Unconfirmed is not true ? null : Dispute.Since,
            },
        };
    }

    /// <summary>The claim of whoever else named it, when those to whom it led are forgotten: of one it is hers; several go on disputing,
    /// and what comes waits. Null: nobody else did.</summary>
    public Claim? Inherited(IReadOnlyList<MemberId> gone, DateTimeOffset now, DateOnly today)
    {
        MemberId[] left = [.. (Dispute?.Claimants ?? []).Where(claimant => !gone.Contains(claimant))];
        return left switch
        {
            [] => null,
            [var only] => this with
            {
                MemberId = only,
                Unconfirmed = null,
                Dispute = new ClaimDispute
                {
                    Decision = new ClaimDecision(only, ClaimDecision.Erased, Author: null, now),
                    Involved = [only],
                },
                FinishDue = today,
            },
            [var first, .. var others] => this with
            {
                MemberId = first,
                Unconfirmed = true,
                Dispute = new ClaimDispute { Since = Dispute!.Since ?? now, Claimants = others },
                FinishDue = null,
            },
        };
    }

    /// <summary>As staff decided. Everybody who named the vehicle is still to be told in the profile, so the claim is due.</summary>
    public Claim SettledFor(DisputeDecision decision, string author, DateTimeOffset now, DateOnly today) => this with
    {
        MemberId = decision.MemberId,
        Unconfirmed = null,
        Dispute = new ClaimDispute { Decision = new ClaimDecision(decision.MemberId, decision.Reason, author, now, decision.SamePerson
        ? true : null), Involved = [MemberId!.Value, .. Dispute!.Claimants] },
        FinishDue = today,
    };
}

/// <summary>A vehicle or a number whose owner is, or was, not sure.</summary>
public sealed record ClaimDispute
{
    /// <summary>Since when it is not sure; null once it is settled.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>So many are enough to look at; a document must not grow with whoever names a VIN.</summary>
    public const int MostClaimants = 50;

    /// <summary>Other members who named the same identity, and are not judged yet; at most <see cref="MostClaimants"/>.</summary>
    public IReadOnlyList<MemberId> Claimants { get; init; } = [];

    /// <summary>How staff settled it last.</summary>
    public ClaimDecision? Decision { get; init; }

    /// <summary>Members whose profile is still to be changed as the decision says.</summary>
    public IReadOnlyList<MemberId> Involved { get; init; } = [];
}

/// <summary>Whose staff say that a vehicle or a number is.</summary>
/// <param name="Author">Null: the club, because everybody else is forgotten.</param>
public sealed record ClaimDecision(MemberId MemberId, string Reason, string? Author, DateTimeOffset At, bool? SamePerson = null)
{
    /// <summary>The reason that is nobody's own words.</summary>
    public const string Erased = "erased";
}
