using Club.Kernel;


namespace Club.Members;

/// <summary>What a registration changes in a profile: it fills what is empty and adds what is new, and never overwrites what the member
/// told before.</summary>
public static class ProfileRules
{
    /// <param name="leftAt">When the person turned away before there was a profile.</param>
    public static Profile Apply(Profile? before, Registration registration, MemberId memberId, string card, IReadOnlySet<string> disputed,
        DateTimeOffset now, DateTimeOffset? leftAt = null)
    {
        var profile = before ?? new Profile
        {
            MemberId = memberId,
            CardNumber = card,
            Status = MemberStatus.Member,
            JoinedAt = now,
            JoinedFrom = registration.Source,
        };
        var (status, actedAt) = Standing(before, registration, now, leftAt);
        return profile with
        {
            Status = status,
            ActedAt = actedAt,
            Name = profile.Name ?? registration.Name,
            Phone = profile.Phone ?? registration.Phone?.E164,
            DisputedPhone = profile.DisputedPhone ?? registration.DisputedPhone?.E164,
            Gender = profile.Gender ?? registration.Gender,
            Birthday = profile.Birthday ?? registration.Birthday,
            City = profile.City ?? registration.City,
            DealerId = profile.DealerId ?? registration.DealerId,
            Hobbies = Union(profile.Hobbies, registration.Hobbies),
            Vehicles = Merge(profile.Vehicles, registration.Vehicles, disputed),
            Consents = Consent(profile.Consents, registration, now),
            OpenIds = Union(profile.OpenIds, registration.OpenId is { } openId ? [openId] : []),
            UnionId = profile.UnionId ?? registration.UnionId,
            ExternalIds = Union(profile.ExternalIds, registration.ExternalId is { } id ? [new ExternalId(registration.Source, id)] : []),
            ReferrerCard = profile.ReferrerCard ?? (registration.ReferrerCard != card ? registration.ReferrerCard : null),
        };
    }

    /// <summary>
    /// Whether a form with a member's phone tells of another person, as when a network gives a number out again (二次号码): both name and
    /// birthday are known and are others, and no WeChat account is shared.
    /// </summary>
    public static bool IsAnotherPerson(Profile known, Registration told) =>
        known.Name is not null && told.Name is not null && known.Name != told.Name && known.Birthday is not null
            && told.Birthday is not null && known.Birthday != told.Birthday
        && !(told.OpenId is { } openId && known.OpenIds.Contains(openId)) && (told.UnionId is null || told.UnionId != known.UnionId);

    /// <summary>
    /// Of coming and leaving the later act counts, whichever is heard of first. A phone makes a member who does not leave by unfollowing. A
    /// form without a time of its own is of now, and says nothing new about who is here already.
    /// </summary>
    private static (MemberStatus Status, DateTimeOffset? ActedAt) Standing(Profile? before, Registration registration, DateTimeOffset now,
        DateTimeOffset? leftAt)
    {
        var known = before is null ? leftAt : before.ActedAt;
        var acted = registration.ActedAt is { } at && at < now ? at : now;
        if (known > acted)
        {
            var status = before?.Status ?? MemberStatus.Left;
            return ((before?.Phone ?? registration.Phone?.E164) is null ? status : MemberStatus.Member, known);
        }
        return (MemberStatus.Member, registration.ActedAt is null && before is { Status: MemberStatus.Member } ? known : acted);
    }

    /// <summary>The two profiles of a person who turned out to be known: the survivor's word counts, the other fills the gaps.</summary>
    public static Profile Join(Profile survivor, Profile fan) => survivor with
    {
        Status = LapseRules.Join(survivor, fan, (survivor.Phone ?? fan.Phone) is not null ? MemberStatus.Member
            : Later(survivor, fan).Status),
        SeenOn = LapseRules.Later(survivor.SeenOn, fan.SeenOn),
        ActedAt = Later(survivor, fan).ActedAt,
        Name = survivor.Name ?? fan.Name,
        Phone = survivor.Phone ?? fan.Phone,
        Gender = survivor.Gender ?? fan.Gender,
        Birthday = survivor.Birthday ?? fan.Birthday,
        City = survivor.City ?? fan.City,
        Address = survivor.Address ?? fan.Address,
        DealerId = survivor.DealerId ?? fan.DealerId,
        Hobbies = Union(survivor.Hobbies, fan.Hobbies),
        Vehicles = Merge(survivor.Vehicles, fan.Vehicles, new HashSet<string>()),
        Consents = survivor.Consents.Join(fan.Consents),
        OpenIds = Union(survivor.OpenIds, fan.OpenIds),
        UnionId = survivor.UnionId ?? fan.UnionId,
        ExternalIds = Union(survivor.ExternalIds, fan.ExternalIds),
        ReferrerCard = survivor.ReferrerCard ?? fan.ReferrerCard,
        MergedFrom = Union(survivor.MergedFrom, [fan.MemberId, .. fan.MergedFrom]),
    };

    private static Profile Later(Profile survivor, Profile fan) => fan.ActedAt is { } at && !(survivor.ActedAt >= at) ? fan : survivor;

    /// <summary>Whether nothing would change. Records compare their lists by reference, which <see cref="Union"/> keeps where nothing is
    /// added.</summary>
    public static bool Same(Profile? before, Profile after) => before == after;

    /// <summary>The form counts from the moment at which the person filled it in; a time to come, which a wrong clock tells, counts as
    /// now.</summary>
    private static Consents Consent(Consents before, Registration registration, DateTimeOffset now) =>
        registration.SmsConsent is not { } given ? before
            : before.AfterForm(new ConsentAct(given, registration.ConsentedAt is { } at && at < now ? at : now, registration.Source));

    private static IReadOnlyList<T> Union<T>(IReadOnlyList<T> first, IReadOnlyList<T> second) =>
        second.All(first.Contains) ? first : [.. first.Union(second)];

    private static IReadOnlyList<Vehicle> Merge(IReadOnlyList<Vehicle> known, IReadOnlyList<Vehicle> added, IReadOnlySet<string> disputed)
    {
        var vehicles = known.ToList();
        var met = new HashSet<int>();
        foreach (var vehicle in added)
        {
            var told = vehicle.Vin is { } vin && disputed.Contains(vin) ? vehicle with { Disputed = true } : vehicle;
            var at = Find(vehicles, told, met);
            if (at < 0)
            {
                at = vehicles.Count;
                vehicles.Add(told);
            }
            else vehicles[at] = Fill(vehicles[at], told);
            met.Add(at);
        }
        return vehicles.SequenceEqual(known) ? known : vehicles;
    }

    /// <summary>
    /// The car that is meant: by VIN; else by plate, where not both have a VIN nor two days of purchase; else, of a car without either, by
    /// model and purchase, each once in a form, so that two cars of one model stay two and the same form again adds none.
    /// </summary>
    private static int Find(List<Vehicle> vehicles, Vehicle vehicle, HashSet<int> met)
    {
        var at = vehicle.Vin is null ? -1 : vehicles.FindIndex(other => other.Vin == vehicle.Vin);
        if (at < 0 && vehicle.Plate is not null)
            at = vehicles.FindIndex(other => other.Plate == vehicle.Plate && (other.Vin is null || vehicle.Vin is null)
                && BoughtTogether(other, vehicle));
        if (at >= 0 || vehicle is not { Vin: null, Plate: null }) return at;
        for (var i = 0; i < vehicles.Count; i++)
            if (!met.Contains(i) && vehicles[i].Model == vehicle.Model && BoughtTogether(vehicles[i], vehicle)) return i;
        return -1;
    }

    /// <summary>A plate may move from one car to the next: two days of purchase are two cars.</summary>
    private static bool BoughtTogether(Vehicle one, Vehicle other) =>
        one.PurchasedOn is null || other.PurchasedOn is null || one.PurchasedOn == other.PurchasedOn;

    private static Vehicle Fill(Vehicle known, Vehicle told) => known with
    {
        Vin = known.Vin ?? told.Vin,
        Model = known.Model ?? told.Model,
        PurchasedOn = known.PurchasedOn ?? told.PurchasedOn,
        Plate = known.Plate ?? told.Plate,
        Disputed = known.Vin is null ? told.Disputed : known.Disputed,
    };
}
