namespace Club.Members;

/// <summary>What a registration changes in a profile: it fills what is empty and adds what is new, and never overwrites what the member told before.</summary>
public static class ProfileRules
{
    public static Profile Apply(Profile? before, Registration registration, string memberId, string card, IReadOnlySet<string> disputed, DateTimeOffset now)
    {
        var profile = before ?? new Profile
        {
            MemberId = memberId,
            CardNumber = card,
            Status = MemberStatus.Member,
            JoinedAt = now,
            JoinedFrom = registration.Source,
        };
        return profile with
        {
            Status = MemberStatus.Member,
            Name = profile.Name ?? registration.Name,
            Phone = profile.Phone ?? registration.Phone?.E164,
            Gender = profile.Gender ?? registration.Gender,
            Birthday = profile.Birthday ?? registration.Birthday,
            City = profile.City ?? registration.City,
            DealerId = profile.DealerId ?? registration.DealerId,
            Hobbies = Union(profile.Hobbies, registration.Hobbies),
            Vehicles = Merge(profile.Vehicles, registration.Vehicles, disputed),
            Consents = Consent(profile.Consents, registration, now),
            OpenIds = Union(profile.OpenIds, registration.OpenId is { } openId ? [openId] : []),
            UnionId = profile.UnionId ?? registration.UnionId,
            ExternalIds = Union(profile.ExternalIds, registration.ExternalId is { } id ? [$"{registration.Source}:{id}"] : []),
            ReferrerCard = profile.ReferrerCard ?? (registration.ReferrerCard != card ? registration.ReferrerCard : null),
        };
    }

    /// <summary>The two profiles of a person who turned out to be known: the survivor's word counts, the other fills the gaps.</summary>
    public static Profile Join(Profile survivor, Profile fan) => survivor with
    {
        Name = survivor.Name ?? fan.Name,
        Phone = survivor.Phone ?? fan.Phone,
        Gender = survivor.Gender ?? fan.Gender,
        Birthday = survivor.Birthday ?? fan.Birthday,
        City = survivor.City ?? fan.City,
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

    /// <summary>Whether nothing would change. Records compare their lists by reference, which <see cref="Union"/> keeps where nothing is added.</summary>
    public static bool Same(Profile? before, Profile after) => before == after;

    /// <summary>The form counts from the moment at which the person filled it in; a time to come, which a wrong clock tells, counts as now.</summary>
    private static Consents Consent(Consents before, Registration registration, DateTimeOffset now) =>
        registration.SmsConsent is not { } given ? before : before.AfterForm(new ConsentAct(given, registration.ConsentedAt is { } at && at < now ? at : now, registration.Source));

    private static IReadOnlyList<string> Union(IReadOnlyList<string> first, IReadOnlyList<string> second) =>
        second.All(first.Contains) ? first : [.. first.Union(second)];

    private static IReadOnlyList<Vehicle> Merge(IReadOnlyList<Vehicle> known, IReadOnlyList<Vehicle> added, IReadOnlySet<string> disputed)
    {
        var vehicles = known.ToList();
        foreach (var vehicle in added)
        {
            var at = vehicles.FindIndex(other => vehicle.Vin is not null ? other.Vin == vehicle.Vin : other.Plate == vehicle.Plate && other.Model == vehicle.Model);
            if (at < 0)
            {
                vehicles.Add(vehicle.Vin is { } vin && disputed.Contains(vin) ? vehicle with { Disputed = true } : vehicle);
                continue;
            }
            var other = vehicles[at];
            vehicles[at] = other with { Model = other.Model ?? vehicle.Model, PurchasedOn = other.PurchasedOn ?? vehicle.PurchasedOn, Plate = other.Plate ?? vehicle.Plate };
        }
        return vehicles.SequenceEqual(known) ? known : vehicles;
    }
}
