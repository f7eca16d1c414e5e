using System.Buffers;
using System.Text.Json;
using Club.Kernel;

namespace Club.Outgoing;

/// <summary>Something that happened, as it goes out: a CloudEvent 1.0.</summary>
/// <param name="Id">The same whenever it is sent again. It has no full stop, so that it can be a <c>webhook-id</c>.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Data">The members of <c>data</c> besides <c>memberId</c>; those without a value are left out.</param>
public sealed record ClubEvent(string Id, string Type, MemberId? MemberId, DateTimeOffset Time, IReadOnlyList<EventDatum> Data)
{
    public const string Source = "/club", ContentType = "application/cloudevents+json";

    private static readonly JsonWriterOptions Written = new() { Encoder = ClubJson.Options.Encoder, SkipValidation = true };

    /// <summary>The id of the event that a document tells: stable, and of no member but this.</summary>
    public static string IdOf(string partition, string document) => Ids.Derived("evt_", partition, document);

    /// <summary>The event in the JSON format of CloudEvents, UTF-8.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(768);
        using (var json = new Utf8JsonWriter(buffer, Written))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", Id);
            json.WriteString("source", Source);
            json.WriteString("type", Type);
            if (MemberId is { } subject) json.WriteString("subject", subject.Value);
            json.WriteString("time", Time);
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            if (MemberId is { } member) json.WriteString("memberId", member.Value);
            foreach (var datum in Data) datum.Write(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>One member of an event's <c>data</c>: a text, a number or a list of texts.</summary>
public readonly record struct EventDatum
{
    private readonly string _name;
    private readonly object? _value;

    public EventDatum(string name, string? value) => (_name, _value) = (name, value);
    public EventDatum(string name, decimal? value) => (_name, _value) = (name, value);
    public EventDatum(string name, IReadOnlyList<string>? value) => (_name, _value) = (name, value);

    public void Write(Utf8JsonWriter json)
    {
        switch (_value)
        {
            case string text:
                json.WriteString(_name, text);
                break;
            case decimal number:
                // Whole numbers without a fraction, however many decimals the value keeps.
                json.WritePropertyName(_name);
                json.WriteRawValue(number.ToString("0.##########", System.Globalization.CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case IReadOnlyList<string> texts:
                json.WriteStartArray(_name);
                foreach (var text in texts) json.WriteStringValue(text);
                json.WriteEndArray();
                break;
        }
    }
}
