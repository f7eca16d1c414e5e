using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>
/// What a member did, summed by day, category and wallet and in that order: all that tiers need of the past. Its size follows from the days
/// and categories in a window, never from the number of transactions. Immutable.
/// </summary>
[JsonConverter(typeof(ActivitySumsJson))]
[CollectionBuilder(typeof(ActivitySums), nameof(From))]
public sealed class ActivitySums : IReadOnlyList<Activity>
{
    public static readonly ActivitySums None = new([]);

    private readonly Activity[] _rows;

    private ActivitySums(Activity[] rows) => _rows = rows;

    public int Count => _rows.Length;
    public Activity this[int index] => _rows[index];

    public static ActivitySums Of(IEnumerable<Activity> rows) => None.Plus(rows);

    public static ActivitySums From(ReadOnlySpan<Activity> rows) => Of(rows.ToArray());

    /// <summary>Rows that are sums already, in any order.</summary>
    internal static ActivitySums Sorted(List<Activity> rows)
    {
        rows.Sort(static (a, b) => new Place(a).CompareTo(b));
        return rows.Count == 0 ? None : new ActivitySums([.. rows]);
    }

    /// <summary>The sums with these rows in them; a row that comes to nothing is gone.</summary>
    public ActivitySums Plus(IEnumerable<Activity> rows)
    {
        var sums = new List<Activity>(_rows.Length + 4);
        sums.AddRange(_rows);
        foreach (var row in rows)
        {
            var at = CollectionsMarshal.AsSpan(sums).BinarySearch(new Place(row));
            if (at < 0) sums.Insert(~at, row);
            else sums[at] = sums[at] with { Points = sums[at].Points + row.Points, Spend = sums[at].Spend + row.Spend,
                Count = sums[at].Count + row.Count };
        }
        sums.RemoveAll(row => row is { Points.Hundredths: 0, Spend.Fen: 0, Count: 0 });
        return new ActivitySums([.. sums]);
    }

    /// <summary>The first day after <paramref name="date"/> on which something was done; null: none.</summary>
    public DateOnly? FirstAfter(DateOnly date)
    {
        var at = _rows.Length;
        while (at > 0 && _rows[at - 1].On > date) at--;
        return at < _rows.Length ? _rows[at].On : null;
    }

    /// <summary>The same with every row up to <paramref name="oldest"/> on <see cref="DateOnly.MinValue"/>.</summary>
    public ActivitySums Folded(DateOnly oldest)
    {
        var dated = Array.FindIndex(_rows, row => row.On > DateOnly.MinValue);
        if (dated < 0 || _rows[dated].On > oldest) return this;
        var first = Array.FindIndex(_rows, row => row.On > oldest);
        if (first < 0) first = _rows.Length;
        return new ActivitySums(_rows[first..]).Plus(_rows[..first].Select(row => row with { On = DateOnly.MinValue }));
    }

    /// <summary>The latest day, but for <see cref="DateOnly.MinValue"/>, up to <paramref name="oldest"/>; null: none.</summary>
    public DateOnly? LastUntil(DateOnly oldest)
    {
        DateOnly? last = null;
        foreach (var row in _rows)
        {
            if (row.On > oldest) break;
            if (row.On > DateOnly.MinValue) last = row.On;
        }
        return last;
    }

    public IEnumerator<Activity> GetEnumerator() => ((IEnumerable<Activity>)_rows).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private readonly struct Place(Activity row) : IComparable<Activity>
    {
        public int CompareTo(Activity? other)
        {
            var byDay = row.On.CompareTo(other!.On);
            if (byDay != 0) return byDay;
            var byCategory = string.CompareOrdinal(row.Category, other.Category);
            return byCategory != 0 ? byCategory : string.CompareOrdinal(row.Wallet, other.Wallet);
        }
    }
}

/// <summary>As it is stored: one list for each category and wallet, a row a day: <c>[on, points, spend, count]</c>.</summary>
internal sealed class ActivitySumsJson : JsonConverter<ActivitySums>
{
    public override void Write(Utf8JsonWriter writer, ActivitySums value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var same in value.GroupBy(row => (row.Category, row.Wallet)))
        {
            writer.WriteStartObject();
            writer.WriteString("category", same.Key.Category);
            writer.WriteString("wallet", same.Key.Wallet);
            writer.WriteStartArray("days");
            foreach (var row in same)
            {
                writer.WriteStartArray();
                JsonDay.Write(writer, row.On);
                Hundredth.Write(writer, row.Points.Hundredths);
                Hundredth.Write(writer, row.Spend.Fen);
                writer.WriteNumberValue(row.Count);
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public override ActivitySums Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var rows = new List<Activity>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ReadSame(ref reader, rows);
        return ActivitySums.Sorted(rows);
    }

    private static void ReadSame(ref Utf8JsonReader reader, List<Activity> rows)
    {
        var (category, wallet) = ("", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "category":
                    category = reader.GetString()!;
                    break;
                case "wallet":
                    wallet = reader.GetString()!;
                    break;
                case "days":
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                        rows.Add(ReadRow(ref reader, category, new WalletCode(wallet)));
                    break;
                default:
                    throw new JsonException($"Activity has no member \"{name}\".");
            }
        }
    }

    private static Activity ReadRow(ref Utf8JsonReader reader, string category, WalletCode wallet)
    {
        reader.Read();
        var on = JsonDay.Read(ref reader) ?? throw new JsonException("A day is expected.");
        reader.Read();
        var points = new Points(Hundredth.Read(ref reader));
        reader.Read();
        var spend = new Money(Hundredth.Read(ref reader));
        reader.Read();
        var row = new Activity(on, category, wallet, points, spend, reader.GetInt32());
        reader.Read();
        return row;
    }
}
