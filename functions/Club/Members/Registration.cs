using Club.Kernel;
using Club.Identity;

namespace Club.Members;

/// <summary>What somebody told the club about a person, read, checked and normalised.</summary>
public sealed record Registration
{
    public required string Source { get; init; }
    public string? ExternalId { get; init; }

    /// <summary>When the person did what tells of this, where the moment is known; null: now.</summary>
    public DateTimeOffset? ActedAt { get; init; }
    public string? Name { get; init; }
    public PhoneNumber? Phone { get; init; }

    /// <summary>A number that is somebody else's as far as the club knows.</summary>
    public PhoneNumber? DisputedPhone { get; init; }
    public string? Gender { get; init; }
    public DateOnly? Birthday { get; init; }
    public string? City { get; init; }
    public DealerId? DealerId { get; init; }
    public IReadOnlyList<string> Hobbies { get; init; } = [];
    public IReadOnlyList<Vehicle> Vehicles { get; init; } = [];
    public bool? SmsConsent { get; init; }

    /// <summary>When the person said so; null: now.</summary>
    public DateTimeOffset? ConsentedAt { get; init; }
    public string? OpenId { get; init; }
    public string? UnionId { get; init; }
    public string? ReferrerCard { get; init; }

    /// <summary>All that leads to the person, strongest first; the order in which they are claimed.</summary>
    public IEnumerable<PersonIdentity> Identities()
    {
        if (Phone is not null) yield return PersonIdentity.Of(Phone);
        if (UnionId is not null) yield return PersonIdentity.UnionId(UnionId).Value;
        if (OpenId is not null) yield return PersonIdentity.OpenId(OpenId).Value;
        foreach (var vin in Vehicles.Select(vehicle => vehicle.Vin).OfType<string>().Distinct())
            yield return PersonIdentity.Parse(IdentityKind.Vin, vin).Value;
    }
}
