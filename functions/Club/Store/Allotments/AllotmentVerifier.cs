namespace Club.Store;

/// <summary>What a place of an allotment says is promised there is what its promises add up to.</summary>
internal sealed class AllotmentVerifier(IClubStore store) : IVerifies
{
    /// <summary>By partition: what was there when it was met, and what its promises have added up to since.</summary>
    private readonly Dictionary<string, (string? ETag, long Promised)> _places = new(StringComparer.Ordinal);

    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        if (document.Type is not (AllotmentState.Id or Promise.DocumentType)) return;
        if (!_places.TryGetValue(document.Partition, out var place))
            place = ((await store.Read(document.Partition, AllotmentState.Id, cancellation))?.ETag, 0);
        if (document.Type == Promise.DocumentType) place.Promised += document.As<Promise>().Amount;
        _places[document.Partition] = place;
    }

    public async Task End(Action<string> differs, CancellationToken cancellation)
    {
        foreach (var (partition, place) in _places)
        {
            var state = await store.Read<AllotmentState>(partition, AllotmentState.Id, cancellation);
            // Every promise changes the state with it: whose has changed meanwhile cannot be added up.
            if (state?.ETag == place.ETag && (state?.Value.Used ?? 0) is var used && used != place.Promised)
                differs($"Of {partition} {used} are used, and its promises add up to {place.Promised}.");
        }
    }
}
