using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>Points exchanged with a partner's programme. Its id follows from the partner's reference, so that one reference books
/// once.</summary>
public sealed record Exchange : IStored<Exchange>
{
    public const string Document = "exchange", MemberIndex = "ownExchange";

    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required string Partner { get; init; }
    public required ExchangeDirection Direction { get; init; }
    public required string Reference { get; init; }
    public required WalletCode Wallet { get; init; }

    /// <summary>What is given up: the club's points on the way out, the partner's on the way in.</summary>
    public required Points Points { get; init; }

    /// <summary>What they become, rounded down to the hundredth.</summary>
    public required Points Becomes { get; init; }
    public required ExchangedAt Terms { get; init; }

    /// <summary>What was taken of which lot, or came into which.</summary>
    public required IReadOnlyList<LotLine> Lines { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Author { get; init; }

    /// <summary>What the wallet's entries added up to afterwards.</summary>
    public required Points Balance { get; init; }

    public static string IdOf(string partner, string reference) => Ids.Derived("x", partner, reference);

    /// <summary>Whether it is what somebody asks for again.</summary>
    public bool Is(ExchangeRequest request) => Direction == request.Direction && Points == request.Points
        && (request.Wallet is null || request.Wallet == Wallet);

    static string IStored<Exchange>.DocumentType => Document;
    static JsonTypeInfo<Exchange> IStored<Exchange>.JsonType => SpendingDocuments.Default.Exchange;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([new IndexKey(MemberIndex, IndexKeys.Latest(At))]);
}

/// <param name="Rate">How many of the other's points one point became.</param>
public sealed record ExchangedAt([property: JsonConverter(typeof(PlainNumberConverter))] decimal Rate);

/// <summary>Whose a partner's reference is, in a partition of its own: written before anything is booked, so that of two members only one
/// can have it. It stays hers, also when nothing came of it.</summary>
public sealed record ExchangeReference : IStored<ExchangeReference>
{
    public const string Id = "exchangeReference";

    public required MemberId MemberId { get; init; }
    public required DateTimeOffset At { get; init; }

    static string IStored<ExchangeReference>.DocumentType => Id;
    static JsonTypeInfo<ExchangeReference> IStored<ExchangeReference>.JsonType => SpendingDocuments.Default.ExchangeReference;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>What an exchange is asked for with.</summary>
/// <param name="Points">Those that are given up, by whichever side.</param>
/// <param name="Reference">By which the partner knows it.</param>
/// <param name="Wallet">Null: the programme's first that is good everywhere.</param>
public sealed record ExchangeRequest(string Partner, ExchangeDirection Direction, Points Points, string Reference, WalletCode? Wallet)
{
    private static readonly string[] Ways = [.. Enum.GetNames<ExchangeDirection>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static Outcome<ExchangeRequest> Read(JsonFields body)
    {
        var partner = body.Text("partner", maximum: 64);
        var direction = body.Text("direction");
        var at = Array.IndexOf(Ways, direction);
        if (direction is not null && at < 0) body.Fail("direction", $"one of {string.Join(", ", Ways)} is expected");
        var (points, reference) = (body.Points("points"), body.Text("reference", maximum: 128));
        var wallet = body.Id<WalletCode>("wallet", required: false, maximum: 64);
        return body.Problem is { } problem ? problem
            : new ExchangeRequest(partner!, (ExchangeDirection)at, points!.Value, reference!, wallet);
    }
}

/// <summary>An exchange as answers tell it.</summary>
public sealed record ExchangeView(string ExchangeId, MemberId MemberId, string Partner, ExchangeDirection Direction, string Reference,
    WalletCode Wallet, Points Points, Points Becomes, decimal Rate, IReadOnlyList<LotShare> Lots, DateTimeOffset At, string Author,
    Points Balance) : IOfMember
{
    public static ExchangeView Of(Exchange one) => new(one.Id, one.MemberId, one.Partner, one.Direction, one.Reference, one.Wallet,
        one.Points, one.Becomes, one.Terms.Rate, LotShare.Moved(one.Lines), one.At, one.Author, one.Balance);
}
