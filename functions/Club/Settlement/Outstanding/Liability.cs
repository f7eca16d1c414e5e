using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Settlement;

/// <summary>The liability of a day that is over, so that it is reckoned once.</summary>
public sealed record LiabilityDay : IStored<LiabilityDay>
{
    public required DateOnly On { get; init; }

    /// <summary>The answer, to the byte.</summary>
    public required string Json { get; init; }

    public static string IdOf(DateOnly on) => IndexKeys.Date(on);
    public const string Partition = "liability";

    static string IStored<LiabilityDay>.DocumentType => "liabilityDay";
    static JsonTypeInfo<LiabilityDay> IStored<LiabilityDay>.JsonType => SettlementDocuments.Default.LiabilityDay;
    [JsonIgnore] public string DocumentId => IdOf(On);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>What the club owes for points that are not spent, at the end of any day: from the feed, which reads all entries
/// once.</summary>
public sealed class Liability(IClubStore store, ProgrammeLibrary library, ClubCalendar calendar)
{
    /// <param name="on">Null: today, as far as it has come.</param>
    /// <returns>Problem <c>invalid-query</c>: the day has not come.</returns>
    public async Task<Outcome<LiabilityView>> Of(DateOnly? on, CancellationToken cancellation)
    {
        var day = on ?? calendar.Today;
        if (day > calendar.Today || day.Year < 2000)
            return new Problem("invalid-query", $"on: a day from 2000-01-01 to {calendar.Today:yyyy-MM-dd} is expected.", "on");
        if (await store.Read<LiabilityDay>(LiabilityDay.Partition, LiabilityDay.IdOf(day), cancellation) is { Value: var known })
            return JsonSerializer.Deserialize<LiabilityView>(known.Json, ClubJson.Answers)!;
        var view = await Reckon(day, cancellation);
        // What is booked in a day's last moment is committed within an hour.
        if (calendar.Now >= calendar.At(day.AddDays(1), TimeOnly.MinValue).AddHours(1))
            await store.Commit(LiabilityDay.Partition,
                [new LiabilityDay { On = day, Json = JsonSerializer.Serialize(view, ClubJson.Answers) }.ToCreate()], cancellation);
        return view;
    }

    private async Task<LiabilityView> Reckon(DateOnly day, CancellationToken cancellation)
    {
        var versions = await library.Now(cancellation);
        var fold = new LiabilityFold(day, calendar.At(day.AddDays(1), TimeOnly.MinValue),
            calendar.At(new DateOnly(day.Year, day.Month, 1), TimeOnly.MinValue), versions.On(day).Tiers[0].Code);
        for (string? bookmark = null; ;)
        {
            var page = await store.Changes(bookmark, cancellation: cancellation);
            if (page.Documents.Count == 0) return fold.Result();
            bookmark = page.Bookmark;
            foreach (var document in page.Documents)
            {
                if (document.Type == "event") fold.Add(document.As<MemberEvent>());
                if (document.Type != "entry") continue;
                var entry = SettledEntry.Of(document);
                fold.Add(entry, versions.Find(entry.ProgrammeVersion) ?? versions.On(entry.On), calendar.DateOf(entry.RecordedAt));
            }
        }
    }
}
