using Club.Kernel;
using Club.Programmes;

namespace Club.Dealers;

/// <summary>What may be told of dealers, and how they close. Pure.</summary>
public static class DealerRules
{
    /// <summary>So many days after it closed a dealer may still be told to have closed.</summary>
    public const int LateDays = 31;

    /// <summary>As the rule book takes them: letters and digits.</summary>
    public static bool IsCode(string code) => code.Length is > 0 and <= 64 && code.All(char.IsAsciiLetterOrDigit);

    /// <summary>The dealer with what is told of it. Where the rule book lists it, its region, its branch and that it has full after-sales
    /// are the rule book's.</summary>
    /// <returns>Problems: <c>invalid-data</c>, <c>missing-data</c>.</returns>
    public static Outcome<Dealership> Tell(Programme programme, DealerId code, Dealership? before, DealershipRequest request,
        DateOnly today, DateTimeOffset at, string by)
    {
        if (!IsCode(code)) return new Problem("invalid-data", "code: 1 to 64 letters and digits are expected.", "code");
        var listed = programme.FindDealer(code);
        if (RegionOf(programme, code, listed, request.Region) is { } wrong) return wrong;
        if (listed is null && programme.Dealers.Regions.Count > 0 && request.Capabilities.Contains(Capability.FullAfterSales))
            return new Problem("invalid-data", $"$.capabilities: only dealers that the rule book lists have full after-sales, and it lists no {code}.",
                "$.capabilities");
        if (Shuts(before, request.OpenedOn, today, "$.openedOn") is { } shut) return shut;
        if (before?.Closing is { } closing && request.OpenedOn > closing.On)
            return new Problem("invalid-data", $"$.openedOn: {request.OpenedOn:yyyy-MM-dd} is after {closing.On:yyyy-MM-dd}, when it closes.",
                "$.openedOn");
        return (before ?? new Dealership { Code = code, ChangedAt = at, ChangedBy = by }) with
        {
            Name = request.Name,
            Region = listed is null ? request.Region : null,
            City = request.City,
            Address = request.Address,
            Phone = request.Phone,
            Location = request.Location,
            Capabilities = request.Capabilities,
            OpenedOn = request.OpenedOn,
        };
    }

    /// <summary>The dealer, closing. What has begun stays: until its day comes, a closing may be put off or called off.</summary>
    /// <returns>The dealer as it was where the same is decided already. Problems: <c>invalid-data</c>, <c>already-decided</c>.</returns>
    public static Outcome<Dealership> Close(Dealership dealer, CloseRequest request, DateOnly today, DateTimeOffset at, string by)
    {
        if (dealer.Closing is { } known && known.Says(request.On, request.Into)) return dealer;
        if (dealer.IsClosed(today)) return Decided(dealer);
        if (dealer.OpenedOn is { } opened && request.On < opened)
            return new Problem("invalid-data", $"$.on: {request.On:yyyy-MM-dd} is before {opened:yyyy-MM-dd}, when it opened.", "$.on");
        if (request.On < today.AddDays(-LateDays))
            return new Problem("invalid-data",
                $"$.on: {request.On:yyyy-MM-dd} is long ago; {today.AddDays(-LateDays):yyyy-MM-dd} is the nearest day.", "$.on");
        return dealer with { Closing = new DealerClosing(request.On, request.Into, request.Reason, by, at) };
    }

    /// <summary>The dealer, open again from a day on; whoever was moved stays where she is.</summary>
    /// <returns>Problems: <c>invalid-data</c> where it would shut one that is open, <c>already-decided</c> while members are being
    /// moved.</returns>
    public static Outcome<Dealership> Open(Dealership dealer, DateOnly on, DateOnly today)
    {
        if (dealer.Closing is null && dealer.OpenedOn == on) return dealer;
        if (dealer.IsClosed(today) && dealer.Closing!.DoneAt is null) return Decided(dealer);
        if (Shuts(dealer, on, today, "$.on") is { } shut) return shut;
        return dealer with { Closing = null, OpenedOn = on };
    }

    /// <summary>Why a first day cannot be put off: the dealer is open.</summary>
    private static Problem? Shuts(Dealership? dealer, DateOnly? on, DateOnly today, string path) =>
        dealer is not null && !dealer.IsClosed(today) && !(dealer.OpenedOn > today) && on > today
            ? new Problem("invalid-data",
                $"{path}: {on:yyyy-MM-dd} would shut {dealer.Code}, which is open; {today:yyyy-MM-dd} is the nearest day.", path) : null;

    /// <summary>Why those whom it would take over cannot go where a closing leads; null when they can. Whatever is planned counts, in any
    /// order of days: each way ends at a dealer that stays open.</summary>
    /// <param name="others">All closings by dealer, also those to come.</param>
    public static Problem? Astray(DealerId code, CloseRequest request, IReadOnlyDictionary<DealerId, DealerClosing> others)
    {
        if (others.FirstOrDefault(one => one.Key != code && one.Value is { DoneAt: null, Into: { } into } && into == code) is
            { Value: { } waiting, Key: var other } && request.Into is null)
            return new Problem("invalid-data",
                $"$.into: dealer {other} closes into {code} on {waiting.On:yyyy-MM-dd}, so somebody has to take over.", "$.into");
        var seen = new HashSet<DealerId> { code };
        for (var at = request.Into; at is { } here && others.TryGetValue(here, out var closing) && here != code; at = closing.Into)
        {
            if (!seen.Add(here)) return Circle(here);
            if (closing.Into == code) return Circle(here);
            if (closing.Into is null)
                return new Problem("invalid-data",
                    $"$.into: dealer {here} closes on {closing.On:yyyy-MM-dd}, and nobody takes over.", "$.into");
        }
        return null;

        Problem Circle(DealerId through) => new("invalid-data", $"$.into: dealer {through} closes itself, into {code} in the end.", "$.into");
    }

    /// <summary>Where members of a closed dealer go: on and on, for as long as whoever takes them over is closed too.</summary>
    /// <param name="closed">Closed dealers by their codes.</param>
    /// <returns>Null: to headquarters alone, which is also where closings that lead in a circle end.</returns>
    public static DealerId? Successor(DealerId code, IReadOnlyDictionary<DealerId, DealerClosing> closed)
    {
        DealerId? at = code;
        for (var steps = 0; at is { } here && closed.TryGetValue(here, out var closing); steps++)
        {
            if (steps > closed.Count) return null;
            at = closing.Into;
        }
        return at;
    }

    private static Problem Decided(Dealership dealer) => new("already-decided",
        $"Dealer {dealer.Code} is closed since {dealer.Closing!.On:yyyy-MM-dd}{(dealer.Closing.Into is { } into ? $", and its members go to {into}" : "")}.")
    { Kind = ProblemKind.Conflict };

    private static Problem? RegionOf(Programme programme, DealerId code, Dealer? listed, string? region)
    {
        var regions = programme.Dealers.Regions;
        if (regions.Count == 0) return null;
        if (region is not null && regions.All(one => one.Code != region))
            return UnknownRegion(programme, region, "$.region");
        if (listed is null && region is null)
            return new Problem("missing-data", $"$.region: is missing; the rule book lists no {code}{Nearest.Hint(code, programme.Dealers.Codes)}", "$.region");
        return listed is not null && region is not null && region != listed.Region
            ? new Problem("invalid-data", $"$.region: the rule book has {code} in the region \"{listed.Region}\".", "$.region") : null;
    }

    public static Problem UnknownRegion(Programme programme, string region, string path) => new("invalid-data",
        $"{path}: there is no region \"{Bounded.Text(region, 40)}\"{Nearest.Hint(region, programme.Dealers.Regions.Select(one => one.Code))}", path);
}
