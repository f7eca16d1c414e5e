using Club.Earning;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Fraud;

/// <summary>Which bill of its dealer's day a bill is.</summary>
/// <param name="Number">From 1, in the order in which they came.</param>
/// <param name="Usual">How many a day were usual before; null: too few days are known.</param>
public sealed record DealerPlace(int Number, int? Usual);

/// <summary>Counts the bills of dealers by days, as checks ask for it. A day is measured by the days before it that had bills, as they were
/// when its first bill came.</summary>
internal sealed class DealerDays(IClubStore store, ClubCalendar calendar) : IForgets
{
    /// <summary>Bills come late; after so many days more nobody asks for a day.</summary>
    private const int DaysKept = 31;

    /// <summary>Bills of one dealer come many at a time: in one process they take turns rather than try again.</summary>
    private const int Stripes = 256;
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    public string DocumentType => DealerDay.Document;

    /// <returns>By check; checks that do not count this bill have none.</returns>
    public async ValueTask<IReadOnlyDictionary<string, DealerPlace>> Note(IReadOnlyList<FraudCheck> checks, Transaction bill,
        string entryId, CancellationToken cancellation)
    {
        var places = new Dictionary<string, DealerPlace>();
        if (bill.DealerId is not { } dealer) return places;
        foreach (var check in checks)
            if (CheckRules.Counts(check, bill)) places[check.Id] = await Note(check, dealer, bill.On, entryId, cancellation);
        return places;
    }

    private async Task<DealerPlace> Note(FraudCheck check, DealerId dealer, DateOnly on, string entryId, CancellationToken cancellation)
    {
        var partition = $"dealerDays:{dealer}";
        var turn = _turns[Ids.Hash(partition) % Stripes];
        await turn.WaitAsync(cancellation);
        try
        {
            return await Retry.UntilDone<DealerPlace>("A day of a dealer", async () =>
            {
                var stored = await store.Read<DealerDay>(partition, DealerDay.IdOf(check.Id, on), cancellation);
                var day = stored?.Value ?? await Begin(partition, check, on, cancellation);
                var (number, after) = day.Count(entryId);
                var place = new DealerPlace(number, day.Usual);
                if (after == stored?.Value) return place;
                return await store.Commit(partition, [after.ToWrite(stored?.ETag)], cancellation) is CommitResult.Written ? place
                    : Retry.Again;
            }, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<DealerDay> Begin(string partition, FraudCheck check, DateOnly on, CancellationToken cancellation)
    {
        var before = new List<int>(check.Days);
        await foreach (var document in store.FindAll(DealerDay.Before(partition, check.Id, on, check.Days), cancellation))
            before.Add(document.As<DealerDay>().Bills);
        return new DealerDay
        {
            Check = check.Id, On = on, Partition = partition, Usual = CheckRules.UsualOf(before),
            ForgetOn = on.AddDays(check.Days + DaysKept),
        };
    }

    public async Task Forget(Document old, CancellationToken cancellation)
    {
        if (old.As<DealerDay>().ForgetOn <= calendar.Today)
            await store.Commit(old.Partition, [new Write.Delete(old.Id, old.ETag)], cancellation);
    }
}
