using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>申请中 → member → lapsed or left; <see cref="Merged"/> leads on to another member, <see cref="Erased"/> was somebody who is
/// forgotten.</summary>
[JsonConverter(typeof(CamelCaseEnum<MemberStatus>))]
public enum MemberStatus { Applied, Member, Left, Merged, Erased, Lapsed }

/// <summary>A vehicle of a member.</summary>
/// <param name="Vin">Upper case, 17 characters.</param>
/// <param name="Disputed">The VIN belongs to another member with another phone: shown here, but not a way to find this member.</param>
public sealed record Vehicle(string? Vin, string? Model, DateOnly? PurchasedOn, string? Plate, bool? Disputed = null);

/// <summary>A number whose claim may lead to a member though it is not hers.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="Since">When it was noted.</param>
/// <param name="IsPending">It is being made hers at this moment.</param>
public sealed record LoosePhone(string Phone, DateTimeOffset Since, bool IsPending);

/// <summary>Of which vehicles it was looked whether their owner is to be asked for another.</summary>
/// <param name="Class">Her class by spend at that time: in another she is looked at again.</param>
public sealed record RepurchaseLook(string? Class, IReadOnlyList<string> Vins);

/// <summary>Who a person is in another system.</summary>
public sealed record ExternalId(string Source, string Id);

/// <summary>A person the club knows: a fan (no vehicle needed) or an owner.</summary>
public sealed record Profile : IStored<Profile>
{
    public const string Id = "profile";
    public const string NameIndex = "whoName", HobbyIndex = "whoHobby", PlateIndex = "whoPlate";

    /// <summary>Of members: loyalty, then value, so that those who are lost stand together.</summary>
    public const string ClassIndex = "class";

    /// <summary>Has the month and the day on which a member was born, <c>MM-dd</c>.</summary>
    public const string BirthdayIndex = "birthday";

    public static string BirthdayKey(DateOnly day) => day.ToString("MM-dd", CultureInfo.InvariantCulture);

    public required MemberId MemberId { get; init; }
    public required string CardNumber { get; init; }
    public required MemberStatus Status { get; init; }
    public string? Name { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>A number that this person gave and that leads to another member, E.164: no way to find this member.</summary>
    public string? DisputedPhone { get; init; }

    /// <summary>Numbers that may lead here and are not hers, or not yet: what is being corrected, and what was.</summary>
    public IReadOnlyList<LoosePhone> LoosePhones { get; init; } = [];

    /// <summary>Numbers that were hers, E.164: kept to find what else tells of her.</summary>
    public IReadOnlyList<string> EarlierPhones { get; init; } = [];
    public string? Gender { get; init; }
    public DateOnly? Birthday { get; init; }
    public string? City { get; init; }

    /// <summary>Where letters reach her.</summary>
    public string? Address { get; init; }
    public DealerId? DealerId { get; init; }

    /// <summary>How often the member went to another branch.</summary>
    public int Transfers { get; init; }
    public IReadOnlyList<string> Hobbies { get; init; } = [];
    public IReadOnlyList<Vehicle> Vehicles { get; init; } = [];
    public Consents Consents { get; init; } = new();
    public IReadOnlyList<string> OpenIds { get; init; } = [];
    public string? UnionId { get; init; }
    public IReadOnlyList<ExternalId> ExternalIds { get; init; } = [];
    public string? ReferrerCard { get; init; }

    /// <summary>D, G or S by spend (钻石/黄金/白银); null until it is known.</summary>
    public string? ValueClass { get; init; }

    /// <summary>A, B or C by visits (忠诚/摇摆/流失); null until it is known.</summary>
    public string? LoyaltyClass { get; init; }

    /// <summary>The branch by which the classes were judged; null: none, or they were not.</summary>
    public DealerId? ClassedAt { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
    public required string JoinedFrom { get; init; }

    /// <summary>When the person last came or left, by the clock of what she did it with: an earlier act that is heard of later changes
    /// nothing.</summary>
    public DateTimeOffset? ActedAt { get; init; }

    /// <summary>The last day on which the club knows that she was here, besides what the ledger tells; null: that of joining. It may lag:
    /// whoever finds it due looks, and moves it on.</summary>
    public DateOnly? SeenOn { get; init; }

    /// <summary>When she lapsed; null while she is a member.</summary>
    public DateTimeOffset? LapsedAt { get; init; }
    public MemberId? MergedInto { get; init; }
    public IReadOnlyList<MemberId> MergedFrom { get; init; } = [];

    /// <summary>The next date on which care has something to say about a birthday or a purchase anniversary.</summary>
    public DateOnly? CareDue { get; init; }

    /// <summary>Occasions up to this date were looked at.</summary>
    public DateOnly? CareDoneUntil { get; init; }

    /// <summary>Null: of none of her vehicles it was looked whether she is to be asked for another.</summary>
    public RepurchaseLook? Looked { get; init; }

    static string IStored<Profile>.DocumentType => "profile";
    static JsonTypeInfo<Profile> IStored<Profile>.JsonType => MembersDocuments.Default.Profile;
    [JsonIgnore] public string DocumentId => Id;

    /// <summary>A signpost tells of nobody, nor does what is left of who was erased.</summary>
    [JsonIgnore] public bool IsPersonal => Status is not (MemberStatus.Merged or MemberStatus.Erased);

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            if (!IsPersonal) return IndexKeys.None;
            var keys = new List<IndexKey> { new("status", StatusWord(Status)), new("joined", IndexKeys.Moment(JoinedAt)) };
            if (Name is not null) keys.Add(new IndexKey(NameIndex, Name));
            if (DealerId is not null) keys.Add(new IndexKey("dealer", DealerId));
            foreach (var hobby in Hobbies) keys.Add(new IndexKey(HobbyIndex, hobby));
            foreach (var plate in Vehicles.Select(vehicle => vehicle.Plate).OfType<string>().Distinct())
                keys.Add(new IndexKey(PlateIndex, plate));
            if (LoosePhones.Count > 0)
                keys.Add(new IndexKey(DueIndex.Finish, IndexKeys.Date(DateOnly.FromDateTime(JoinedAt.UtcDateTime))));
            if (Status == MemberStatus.Member) keys.Add(new IndexKey(DueIndex.Lapse, IndexKeys.Date(LapseRules.Seen(this))));
            if (Status == MemberStatus.Member && LoyaltyClass is not null) keys.Add(new IndexKey(ClassIndex, LoyaltyClass + ValueClass));
            // Whoever went to another branch is judged by that one.
            if (LoyaltyClass is not null && ClassedAt != DealerId) keys.Add(new IndexKey(DueIndex.Value, Account.Unjudged));
            if (Status == MemberStatus.Member && Birthday is { } birthday) keys.Add(new IndexKey(BirthdayIndex, BirthdayKey(birthday)));
            if (CareDue is { } care) keys.Add(new IndexKey(DueIndex.Care, IndexKeys.Date(care)));
            if (Unlooked().Min(vehicle => vehicle.PurchasedOn) is { } bought)
                keys.Add(new IndexKey(DueIndex.Repurchase, IndexKeys.Date(bought)));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }

    /// <summary>A member's vehicles, known by VIN and by the day of their purchase, that were not looked at in the class that she
    /// has.</summary>
    public IEnumerable<Vehicle> Unlooked() => Status != MemberStatus.Member ? [] : Vehicles.Where(vehicle =>
        vehicle is { Vin: not null, PurchasedOn: not null, Disputed: not true }
        && !(Looked is { } looked && looked.Class == ValueClass && looked.Vins.Contains(vehicle.Vin)));

    [JsonIgnore] public bool IsOwner => Vehicles.Count > 0;

    public static string StatusWord(MemberStatus status) => status switch
    {
        MemberStatus.Applied => "applied",
        MemberStatus.Member => "member",
        MemberStatus.Left => "left",
        MemberStatus.Lapsed => "lapsed",
        MemberStatus.Erased => "erased",
        _ => "merged",
    };
}
