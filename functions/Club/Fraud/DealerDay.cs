using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Fraud;

/// <summary>The bills of one dealer on one day, as one check counts them, with what was usual before.</summary>
public sealed record DealerDay : IStored<DealerDay>
{
    public const string OwnIndex = "ownDealerDay", Document = "dealerDay";

    /// <summary>More than any dealer's day: after so many, which bills they were is no longer kept.</summary>
    private const int MostKept = 2000;

    public required string Check { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>Where it lies.</summary>
    public required string Partition { get; init; }
    public int Bills { get; init; }

    /// <summary>Short digests of their entries, in the order in which they came, so that one that comes again has its place.</summary>
    public IReadOnlyList<string> Seen { get; init; } = [];

    /// <summary>How many bills a day were usual before; null: too few days are known.</summary>
    public int? Usual { get; init; }
    public required DateOnly ForgetOn { get; init; }

    /// <returns>The place of a bill, from 1, and the day with it.</returns>
    public (int Number, DealerDay After) Count(string entryId)
    {
        var digest = Ids.Derived("", entryId)[..DigestLength];
        var known = Seen.TakeWhile(one => one != digest).Count();
        if (known < Seen.Count) return (known + 1, this);
        return (Bills + 1, this with { Bills = Bills + 1, Seen = Seen.Count < MostKept ? [.. Seen, digest] : Seen });
    }

    /// <summary>Enough to tell two thousand apart.</summary>
    private const int DigestLength = 12;

    public static string IdOf(string check, DateOnly on) => $"{Document}:{check}:{IndexKeys.Date(on)}";

    /// <summary>The days of a check before one.</summary>
    public static IndexQuery Before(string partition, string check, DateOnly on, int days) =>
        new(OwnIndex, $"{check}:{IndexKeys.Date(on.AddDays(-days))}", $"{check}:{IndexKeys.Date(on.AddDays(-1))}", Partition: partition);

    static string IStored<DealerDay>.DocumentType => Document;
    static JsonTypeInfo<DealerDay> IStored<DealerDay>.JsonType => FraudDocuments.Default.DealerDay;
    [JsonIgnore] public string DocumentId => IdOf(Check, On);

    [JsonIgnore]
    public IndexKeys Index => new(
        [new(OwnIndex, $"{Check}:{IndexKeys.Date(On)}"), new(DueIndex.Forget, IndexKeys.Date(ForgetOn))], Ids.Bucket(Partition));
}
