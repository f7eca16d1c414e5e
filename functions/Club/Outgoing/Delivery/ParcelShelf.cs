using Club.Store;

namespace Club.Outgoing;

/// <summary>The parcels of one subscription while they are worked on: read once, changed in memory, written by whoever owns the
/// shelf.</summary>
internal sealed class ParcelShelf
{
    private readonly Dictionary<string, List<Place>> _members = new(StringComparer.Ordinal);

    /// <summary>Where a parcel lies, or lay.</summary>
    private sealed class Place(Parcel parcel, string? etag)
    {
        public string Id { get; } = parcel.DocumentId;
        public int Number { get; } = parcel.Number;
        public Parcel? Parcel { get; set; } = parcel;
        public string? ETag { get; set; } = etag;
        public bool IsChanged { get; set; }

        /// <summary>Which events are in it, once that was asked.</summary>
        public HashSet<string>? Ids { get; set; }
    }

    public static async Task<ParcelShelf> Read(IClubStore store, string partition, CancellationToken cancellation)
    {
        var shelf = new ParcelShelf();
        var all = new IndexQuery(Parcel.MemberIndex, "", IndexQuery.Last, Partition: partition, Limit: 1000);
        await foreach (var document in store.FindAll(all, cancellation))
        {
            var stored = document.ToStored<Parcel>();
            shelf.PlacesOf(stored.Value.Member).Add(new Place(stored.Value, stored.ETag));
        }
        foreach (var places in shelf._members.Values) places.Sort((a, b) => a.Number.CompareTo(b.Number));
        return shelf;
    }

    public bool Has(string member) => _members.TryGetValue(member, out var places) && places.Any(place => place.Parcel is not null);

    /// <summary>When the next one is due; null: none waits.</summary>
    public DateTimeOffset? NextDue => _members.Values.Select(places => First(places)?.Parcel!.DueAt).Min();

    /// <summary>The first parcels of members whose time has come, those that wait longest first.</summary>
    public IReadOnlyList<Parcel> Due(DateTimeOffset now, int most) =>
        [.. _members.Values.Select(places => First(places)?.Parcel).OfType<Parcel>().Where(parcel => parcel.DueAt <= now)
            .OrderBy(parcel => parcel.DueAt).Take(most)];

    /// <summary>Lays events behind those that wait; one that waits already stays where it is.</summary>
    /// <param name="first">What is known of the first event, when none waited before.</param>
    public void Add(string member, IEnumerable<Waiting> events, Func<Parcel, Parcel> first)
    {
        var places = PlacesOf(member);
        foreach (var one in events)
        {
            if (places.Any(place => place.Parcel is not null && IdsOf(place).Contains(one.EventId))) continue;
            if (places.LastOrDefault() is not { Parcel: { Events.Count: < Parcel.Most } last } place)
            {
                var number = places.Count == 0 ? 1 : places[^1].Number + 1;
                var made = new Parcel { Member = member, Number = number, Events = [one] };
                places.Add(new Place(Has(member) ? made : first(made), null) { IsChanged = true });
                continue;
            }
            (place.Parcel, place.IsChanged) = (last with { Events = [.. last.Events, one] }, true);
            place.Ids?.Add(one.EventId);
        }
    }

    /// <summary>Puts what is left of a member's first parcel in its place; when nothing is left, the next one is due.</summary>
    public void Put(Parcel left, DateTimeOffset now)
    {
        var places = PlacesOf(left.Member);
        var place = places.First(one => one.Number == left.Number);
        (place.Parcel, place.IsChanged, place.Ids) = (left.Events.Count == 0 ? null : left, true, null);
        if (place.Parcel is null && First(places) is { Parcel: { DueAt: null } next } following)
            (following.Parcel, following.IsChanged) = (next with { DueAt = now }, true);
    }

    /// <summary>What is to be written, and what is to be called with the new ETags.</summary>
    public IEnumerable<(Write Write, Action<string> Written)> Changes()
    {
        foreach (var places in _members.Values)
            foreach (var place in places.Where(place => place.IsChanged).ToArray())
            {
                Write? write = (place.Parcel, place.ETag) switch
                {
                    ({ } parcel, var etag) => parcel.ToWrite(etag),
                    (null, { } etag) => new Write.Delete(place.Id, etag),
                    _ => null,
                };
                if (write is null) place.IsChanged = false;
                else yield return (write, etag => (place.ETag, place.IsChanged) = (place.Parcel is null ? null : etag, false));
            }
    }

    private static HashSet<string> IdsOf(Place place) =>
        place.Ids ??= [.. place.Parcel!.Events.Select(one => one.EventId)];

    private static Place? First(List<Place> places) => places.FirstOrDefault(place => place.Parcel is not null);

    private List<Place> PlacesOf(string member)
    {
        if (!_members.TryGetValue(member, out var places)) _members[member] = places = [];
        return places;
    }
}
