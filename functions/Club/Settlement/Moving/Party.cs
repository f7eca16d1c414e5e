using System.Text.Json;
using System.Text.Json.Serialization;

namespace Club.Settlement;

/// <summary>What somebody is to the settlement.</summary>
[JsonConverter(typeof(Kernel.CamelCaseEnum<PartyKind>))]
public enum PartyKind
{
    /// <summary>The club itself: bears what members owe, keeps what lapses, gives headquarters' gifts.</summary>
    Programme,

    /// <summary>The brand: the first payer that the rule book names.</summary>
    Brand,
    Dealer,

    /// <summary>Any other payer of the rule book, and whoever takes points as a partner.</summary>
    Partner,

    /// <summary>What members donate to.</summary>
    Cause,
}

/// <summary>Who pays for points, or takes them 结算方. Written <c>dealer:D021</c>, <c>partner:avis</c>, and <c>programme</c> alone.</summary>
/// <param name="Code">Empty for the programme.</param>
[JsonConverter(typeof(PartyJsonConverter))]
public readonly record struct Party(PartyKind Kind, string Code) : IComparable<Party>
{
    public static readonly Party Programme = new(PartyKind.Programme, "");

    private static readonly string[] Words = [.. Enum.GetNames<PartyKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>What stands before the colon.</summary>
    public static string WordOf(PartyKind kind) => Words[(int)kind];

    public static bool TryParse(string text, out Party party)
    {
        party = Programme;
        var at = text.IndexOf(':', StringComparison.Ordinal);
        if (at < 0) return text == WordOf(PartyKind.Programme);
        var kind = Array.FindIndex(Words, word => text.AsSpan(0, at).SequenceEqual(word));
        if (kind <= (int)PartyKind.Programme || at + 1 == text.Length) return false;
        party = new Party((PartyKind)kind, text[(at + 1)..]);
        return true;
    }

    public int CompareTo(Party other) => Kind != other.Kind ? Kind.CompareTo(other.Kind) : string.CompareOrdinal(Code, other.Code);

    public static bool operator <(Party one, Party other) => one.CompareTo(other) < 0;
    public static bool operator >(Party one, Party other) => one.CompareTo(other) > 0;
    public static bool operator <=(Party one, Party other) => one.CompareTo(other) <= 0;
    public static bool operator >=(Party one, Party other) => one.CompareTo(other) >= 0;

    public override string ToString() => Kind == PartyKind.Programme ? WordOf(Kind) : $"{WordOf(Kind)}:{Code}";
}

internal sealed class PartyJsonConverter : JsonConverter<Party>
{
    public override Party Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Party.TryParse(reader.GetString() ?? "", out var party) ? party : throw new JsonException("A party is expected.");

    public override void Write(Utf8JsonWriter writer, Party value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
