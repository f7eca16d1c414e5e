using System.Text.Json;
using Club.Care;
using Club.Edges;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Club.Tiers;
using Club.Transactions;

namespace Club.Running;

/// <summary>
/// The <c>work</c> queue: a timer starts a sweep as one message per bucket, and each message is worked off on its own, by whichever host has room.
/// </summary>
public sealed class Work(
    IWorkQueue queue, IClubStore store, Sweep sweep, ClubCalendar calendar, MemberLedger ledger,
    ProgrammeVersions programmes, PlanCare planCare, SendSms sendSms, Merge merge, Disputes disputes, Accrue accrue, Rejections rejections, Deliveries deliveries)
{
    public const int Buckets = 64;
    public const string Tiers = "tiers", Points = "points", Care = "care", Sms = "sms", Finish = WorkMessage.Finish, Forget = "forget";

    /// <summary>Enqueues one message per bucket and sweep; the sweeps of one bucket run in the given order.</summary>
    public Task Start(CancellationToken cancellation, params IReadOnlyList<string> sweeps) =>
        queue.Send([.. Enumerable.Range(0, Buckets).Select(bucket => new WorkMessage(sweeps, bucket).ToJson())], cancellation);

    /// <summary>Works off one message.</summary>
    /// <exception cref="FormatException">The message is none of the club's; the queue will dead-letter it.</exception>
    public async Task<IReadOnlyList<SweepReport>> Handle(string message, CancellationToken cancellation = default)
    {
        var (sweeps, bucket, partition) = Read(message);
        if (partition is not null)
        {
            await FinishOne(partition, cancellation);
            return [];
        }
        var reports = new List<SweepReport>(sweeps.Count);
        foreach (var name in sweeps)
        {
            reports.Add(await sweep.Run(Kind(name), bucket, cancellation));
            if (name != Tiers || bucket != 0) continue;
            foreach (var tier in LostTiers())
                reports.Add(await sweep.Run(new SweepKind(Tiers, Account.TierIndex, () => tier, (document, token) => Change(document, TierPosting.Review, token), tier), bucket, cancellation));
        }
        return reports;
    }

    /// <summary>Tiers of other versions that the one in force does not have: whoever still holds one is due, whatever the date.</summary>
    private IEnumerable<string> LostTiers() =>
        programmes.All.SelectMany(version => version.Programme.Tiers).Select(tier => tier.Code).Except(programmes.Current.Tiers.Select(tier => tier.Code));

    private static WorkMessage Read(string message)
    {
        try
        {
            var work = JsonSerializer.Deserialize<WorkMessage>(message, ClubJson.Options);
            if (work is { Bucket: >= 0 and < Buckets, Sweeps.Count: > 0 } && (work.Partition is null || work.Sweeps is [Finish])) return work;
        }
        catch (JsonException)
        {
        }
        throw new FormatException("The message is not a sweep of a bucket between 0 and 63.");
    }

    private SweepKind Kind(string name) => name switch
    {
        Tiers => new SweepKind(Tiers, DueIndex.Tier, Today, (document, cancellation) => Change(document, TierPosting.Review, cancellation)),
        Points => new SweepKind(Points, DueIndex.Points, Today, (document, cancellation) => Change(document, ExpiryPosting.Expire, cancellation)),
        Care => new SweepKind(Care, DueIndex.Care, Today, (document, cancellation) => planCare.Handle(document, cancellation)),
        Sms => new SweepKind(Sms, DueIndex.Sms, Now, (document, cancellation) => sendSms.Handle(document.ToStored<SmsRecord>(), cancellation)),
        Finish => new SweepKind(Finish, DueIndex.Finish, Today, FinishUp),
        Forget => new SweepKind(Forget, DueIndex.Forget, Today, ForgetOne),
        _ => throw new FormatException($"There is no sweep \"{name}\"."),
    };

    private string Today() => IndexKeys.Date(calendar.Today);
    private string Now() => IndexKeys.Moment(calendar.Now);

    private async Task Change(Document document, Action<Journal> decide, CancellationToken cancellation) =>
        await ledger.Change(document, journal =>
        {
            decide(journal);
            return ValueTask.FromResult(true);
        }, cancellation);

    /// <summary>What has been kept long enough.</summary>
    private Task ForgetOne(Document document, CancellationToken cancellation) =>
        document.Type == "rejection" ? rejections.Lapse(document, cancellation) : deliveries.Forget(document, cancellation);

    /// <summary>What a crash left half done: merges, hand-overs, and reversals that came before their transaction.</summary>
    private Task FinishUp(Document document, CancellationToken cancellation) => document.Type switch
    {
        "account" => merge.Finish(document.As<Account>(), cancellation),
        "claim" => HandOver(document.Partition, cancellation),
        "rejection" => Retry(document, cancellation),
        _ => throw new InvalidOperationException($"Nothing is known about finishing a document of type {document.Type}."),
    };

    private async Task FinishOne(string partition, CancellationToken cancellation)
    {
        foreach (var id in (string[])[Claim.Id, Account.Id])
            if (await store.Read(partition, id, cancellation) is { } document) await FinishUp(document, cancellation);
    }

    /// <summary>One message books so many; a further one goes on, so that none outlasts the queue's patience.</summary>
    private async Task HandOver(string partition, CancellationToken cancellation)
    {
        if (!await disputes.Finish(partition, Parking.MostAtOnce, cancellation)) await queue.Send([WorkMessage.ToFinish(partition)], cancellation);
    }

    private async Task Retry(Document document, CancellationToken cancellation)
    {
        if (await rejections.Find(document.Partition, cancellation) is { } rejection) await accrue.Replay(rejection, cancellation);
    }
}
