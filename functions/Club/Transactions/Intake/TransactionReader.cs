using System.Text;
using Club.Earning;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Transactions;

/// <summary>Reads CloudEvents 1.0 (structured JSON) of the <c>transactions</c> queue. Whatever is wrong is a problem that names its JSON
/// path.</summary>
public sealed class TransactionReader(ClubCalendar calendar, IEnumerable<IHandlesEvents>? handlers = null)
{
    public const string Recorded = "club.transaction.recorded";
    public const string Reversed = "club.transaction.reversed";
    public const string Confirmed = "club.transaction.confirmed";
    public const int MaximumLines = 200;
    private const int MostKilometres = 9_999_999;
    private const decimal MaximumAmount = 100_000_000m;
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly IHandlesEvents[] _handlers = [.. handlers ?? []];

    /// <summary>A text with U+FFFD was decoded from bytes that were no UTF-8: on Azure nobody refuses those at the door, and what they said
    /// is lost.</summary>
    public Outcome<Incoming> Read(string message, ProgrammeVersions rules) => message.Contains('\uFFFD', StringComparison.Ordinal)
        ? new Problem("unreadable-text", "The message holds U+FFFD, what is left of a character that was not UTF-8.", "$")
        : JsonFields.Parse(Encoding.UTF8.GetBytes(message), fields => Read(fields, message, rules));

    /// <summary>As much of a message's key as can be read, however wrong the rest is.</summary>
    public static (string? Source, string? Id) KeyOf(string message)
    {
        var key = JsonFields.Parse<(string?, string?)>(
            Encoding.UTF8.GetBytes(message), fields => (fields.Text("source", required: false), fields.Text("id", required: false)));
        return key.Succeeded ? key.Value : default;
    }

    private Outcome<Incoming> Read(JsonFields fields, string raw, ProgrammeVersions rules)
    {
        if (fields.Text("specversion") is { } version && version != "1.0")
            fields.Fail("specversion", $"\"{version}\" is not supported, \"1.0\" is");
        var source = fields.Text("source");
        if (source is not null && OwnSource.Is(source))
            fields.Fail("source", $"sources below {OwnSource.Root}/ are the club's own", "foreign-source");
        var id = fields.Text("id");
        var type = fields.Text("type");
        var at = Time(fields);
        if (fields.Text("datacontenttype", required: false) is { } content
            && !content.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            fields.Fail("datacontenttype", $"\"{content}\" is not supported, \"application/json\" is");
        var handler = Array.Find(_handlers, one => one.Type == type);
        if (type is not null and not Recorded and not Reversed and not Confirmed && handler is null)
            fields.Fail("type", $"\"{type}\" is unknown; {Known()} are known", "unknown-type");
        var data = fields.Child("data");
        if (fields.Problem is not null || data is null) return fields.Problem!;
        Incoming? incoming = type switch
        {
            Recorded => ReadRecorded(data, source!, id!, at, raw, rules),
            Reversed => ReadReversed(data, source!, id!, at, raw),
            _ when handler is not null => handler.Read(data, source!, id!, raw),
            _ => ReadConfirmed(data, source!, id!, at, raw),
        };
        return fields.Problem is { } problem ? problem : incoming!;
    }

    private string Known()
    {
        string[] known = [.. _handlers.Select(one => one.Type).Prepend(Confirmed).Prepend(Reversed).Prepend(Recorded)
            .Select(type => $"\"{type}\"")];
        return $"{string.Join(", ", known[..^1])} and {known[^1]}";
    }

    private DateTimeOffset Time(JsonFields fields)
    {
        if (fields.Moment("time") is not { } at) return default;
        if (at > calendar.Time.GetUtcNow() + ClubCalendar.ClockSkew) fields.Fail("time", $"{at:O} is in the future", "future-date");
        if (at < Earliest) fields.Fail("time", $"{at:O} is before {Earliest:yyyy-MM-dd}", "date-out-of-range");
        // Rules ask for the hour in the brand's time zone, whatever the sender's offset.
        return TimeZoneInfo.ConvertTime(at, calendar.Zone);
    }

    private Incoming.Recorded? ReadRecorded(JsonFields data, string source, string id, DateTimeOffset at, string raw,
        ProgrammeVersions rules)
    {
        var dealer = data.Id<DealerId>("dealerId", required: false, maximum: 64);
        if (dealer is { } named && !rules.Current.KnowsDealer(named))
            data.Fail("dealerId", $"dealer \"{named}\" is unknown{Nearest.Hint(named, rules.Current.Dealers.Codes)}", "unknown-dealer");
        var member = data.Child("member") is { } who ? MemberReader.Read(who) : default;
        if (data.Has("holder") && data.Child("holder") is { } holder) member = member with { Holder = MemberReader.ReadHolder(holder) };
        var lines = new List<TransactionLine>();
        foreach (var line in data.Children("lines"))
        {
            if (lines.Count == MaximumLines) { data.Fail("lines", $"more than {MaximumLines} lines", "too-many-lines"); break; }
            if (ReadLine(line, lines) is { } read) lines.Add(read);
        }
        if (data.Problem is null && lines.Count == 0) data.Fail("lines", "at least one line is expected");
        var transaction = new Transaction(
            source, id, at, calendar.DateOf(at), dealer,
            data.Text("channel", required: false, maximum: 64), data.Text("paymentMethod", required: false, maximum: 64),
            Days(data), data.Text("campaign", required: false, maximum: 64), lines);
        if (data.Has("vehicle") && data.Child("vehicle") is { } vehicle) transaction = ReadVehicle(vehicle, transaction);
        return data.Problem is null ? new Incoming.Recorded(transaction, member, raw) : null;
    }

    private static Transaction ReadVehicle(JsonFields vehicle, Transaction bill)
    {
        var odometer = vehicle.Whole("odometer", required: false);
        if (odometer is < 0 or > MostKilometres)
            vehicle.Fail("odometer", $"{odometer} is not a number of kilometres between 0 and {MostKilometres}");
        if (!vehicle.HasText("vin")) return bill with { Odometer = odometer };
        var vin = Vin.Parse(vehicle.Text("vin") ?? "");
        if (vin.Problem is { } problem) vehicle.Fail("vin", problem.Message.TrimEnd('.'), problem.Code);
        return vin.Succeeded ? bill with { Odometer = odometer, Vehicle = vin.Value } : bill;
    }

    private static int? Days(JsonFields data)
    {
        var days = data.Whole("bookedDaysAhead", required: false);
        if (days is < 0 or > 3660) data.Fail("bookedDaysAhead", $"{days} is not a number of days between 0 and 3660");
        return days;
    }

    private static TransactionLine? ReadLine(JsonFields line, List<TransactionLine> before)
    {
        var id = line.Text("lineId", maximum: 64);
        if (id is not null && before.Exists(other => other.LineId == id))
            line.Fail("lineId", $"line \"{id}\" appears twice", "duplicate-line");
        var category = line.Text("category", maximum: 64);
        var model = line.Text("model", required: category == "vehicle", maximum: 64);
        var sku = line.Text("sku", required: false, maximum: 128);
        var quantity = line.Number("quantity", required: false) ?? 1m;
        if (quantity is <= 0m or > 1_000_000m) line.Fail("quantity", $"{quantity} is not between 0 and 1000000", "invalid-quantity");
        return Amount(line) is { } amount && line.Problem is null ? new TransactionLine(id!, category!, sku, model, quantity, amount)
            : null;
    }

    private static Money? Amount(JsonFields line)
    {
        if (line.Number("amount") is not { } amount) return null;
        if (amount < 0m) line.Fail("amount", $"{amount} is negative; a return is a {Reversed}", "negative-amount");
        else if (amount > MaximumAmount) line.Fail("amount", $"{amount} is more than {MaximumAmount:0}", "amount-too-large");
        else if (decimal.Round(amount, 2) != amount) line.Fail("amount", $"{amount} has more than two decimals", "too-many-decimals");
        else return Money.Of(amount);
        return null;
    }

    private Incoming.Confirmed? ReadConfirmed(JsonFields data, string source, string id, DateTimeOffset at, string raw)
    {
        var original = data.Text("originalId");
        var happened = data.Text("event", maximum: 64);
        if (happened?.StartsWith(CheckedBill.ClubEvents, StringComparison.OrdinalIgnoreCase) is true)
            data.Fail("event", $"events that begin with \"{CheckedBill.ClubEvents}\" are the club's own", "foreign-source");
        return data.Problem is null ? new Incoming.Confirmed(new Confirmation(source, id, at, calendar.DateOf(at), original!, happened!),
            raw) : null;
    }

    private Incoming.Returned? ReadReversed(JsonFields data, string source, string id, DateTimeOffset at, string raw)
    {
        var original = data.Text("originalId");
        var reason = data.Text("reason", required: false);
        List<ReversedLine>? lines = null;
        if (data.Has("lines"))
        {
            lines = [];
            foreach (var line in data.Children("lines"))
            {
                var lineId = line.Text("lineId", maximum: 64);
                if (lineId is not null && lines.Exists(other => other.LineId == lineId))
                    line.Fail("lineId", $"line \"{lineId}\" appears twice", "duplicate-line");
                if (lines.Count == MaximumLines) data.Fail("lines", $"more than {MaximumLines} lines", "too-many-lines");
                if (Amount(line) is { } amount && data.Problem is null) lines.Add(new ReversedLine(lineId!, amount));
            }
            if (data.Problem is null && lines.Count == 0)
                data.Fail("lines", "at least one line is expected; leave \"lines\" out to reverse all that is left");
        }
        return data.Problem is null ? new Incoming.Returned(new Reversal(source, id, at, calendar.DateOf(at), original!, reason, lines),
            raw) : null;
    }
}

/// <summary>Reads <c>member</c>: exactly one of memberId, cardNumber, phone, vin, openId; a blank one is left out.</summary>
public static class MemberReader
{
    private static readonly string[] Names = ["memberId", "cardNumber", "phone", "vin", "openId"];

    private static readonly string[] HolderNames = ["cardNumber", "phone"];

    public static MemberReference Read(JsonFields member) => Read(member, Names);

    /// <summary>Whom a VIN belongs to, as the sender knows; null when all is blank.</summary>
    public static PersonIdentity? ReadHolder(JsonFields holder) =>
        HolderNames.Any(holder.HasText) ? Read(holder, HolderNames).Identity : null;

    private static MemberReference Read(JsonFields member, string[] names)
    {
        var given = names.Where(member.HasText).ToArray();
        if (member.Problem is not null) return default;
        if (given.Length != 1)
        {
            member.Fail(given.Length == 0 ? names[0] : given[1],
                $"exactly one of {string.Join(", ", names)} is expected, not {given.Length}", "member-reference");
            return default;
        }
        var name = given[0];
        if (member.Text(name) is not { } value) return default;
        if (name == "memberId") return new MemberReference(new MemberId(value), null);
        var identity = PersonIdentity.Parse(name switch
        {
            "cardNumber" => IdentityKind.Card,
            "phone" => IdentityKind.Phone,
            "vin" => IdentityKind.Vin,
            _ => IdentityKind.OpenId,
        }, value);
        if (identity.Problem is { } problem) member.Fail(name, problem.Message.TrimEnd('.'), problem.Code);
        return identity.Succeeded ? new MemberReference(null, identity.Value) : default;
    }
}
