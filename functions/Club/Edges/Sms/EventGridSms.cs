using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Club.Kernel;

namespace Club.Edges.Sms;

/// <summary>
/// Reads what Event Grid posts about text messages, in its own schema or as CloudEvents, one event or an array.
/// Source: Azure's communication-services-telephony-sms-events. (CloudEvents subscriptions shake hands by OPTIONS, not by a body.)
/// </summary>
public static class EventGridSms
{

    private const string ValidationType = "Microsoft.EventGrid.SubscriptionValidationEvent";
    private const string ReportType = "Microsoft.Communication.SMSDeliveryReportReceived";
    private const string ReceivedType = "Microsoft.Communication.SMSReceived";

    /// <summary>
    /// Problems: <c>sms-event-too-large</c>, <c>sms-event-malformed</c> with the JSON path of what is missing or of a wrong type. What is
    /// malformed beside a good event is told with the events: it must not take them along.
    /// </summary>
    public static Outcome<SmsEvents> Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length > Limits.Body)
            return new Problem("sms-event-too-large", $"The body is larger than {Limits.Body} bytes.") { Kind = ProblemKind.TooLarge };
        // A byte order mark is ignored, as RFC 8259 (section 8.1) allows.
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        try
        {
            // The size bounds the depth, so that one deep event does not cost the others.
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Limits.Body });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new Problem("sms-event-malformed", "The body is not JSON.", "$");
        }
    }

    private static Outcome<SmsEvents> Read(JsonElement root)
    {
        var events = new List<SmsEvent>();
        var malformed = new List<MalformedSmsEvent>();
        var ignored = 0;
        foreach (var node in root.ValueKind == JsonValueKind.Array ? Items(root) : [new Node(root, "$")])
        {
            var read = TryRead(node);
            if (read.Problem is { } problem) malformed.Add(new MalformedSmsEvent(Raw(node.Element), problem));
            else if (read.Value is { } told) events.Add(told);
            else ignored++;
        }
        return malformed is [var first, ..] && events.Count == 0 && ignored == 0 ? first.Problem
            : new SmsEvents(events, ignored, malformed);
    }

    /// <summary>As it came, but for bytes that are no UTF-8: a document is parsed without a look at them, and <c>GetRawText</c>
    /// throws.</summary>
    private static string Raw(JsonElement element) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));

    private static Outcome<SmsEvent?> TryRead(Node node)
    {
        try
        {
            return ReadOne(node);
        }
        catch (InvalidOperationException)
        {
            return new Problem("sms-event-malformed", $"{node.Path} holds text that is not whole Unicode.", node.Path);
        }
        catch (MalformedException e)
        {
            return new Problem("sms-event-malformed", e.Message, e.Path);
        }
    }

    private static IEnumerable<Node> Items(JsonElement array) => array.EnumerateArray().Select((item, i) => new Node(item, $"$[{i}]"));

    private static SmsEvent? ReadOne(Node node)
    {
        var type = node.Text("specversion", required: false) is null ? node.Text("eventType") : node.Text("type");
        if (type is not (ValidationType or ReportType or ReceivedType)) return null;
        var id = node.Text("id")!;
        var data = node.Object("data");
        return type switch
        {
            ValidationType => new SmsEvent.SubscriptionValidation(id, data.Text("validationCode")!),
            ReportType => new SmsEvent.DeliveryReport(
                id, data.Text("messageId")!, Number(data.Text("to")!), data.Text("deliveryStatus")!,
                Short(data.Text("deliveryStatusDetails", required: false)), data.Text("Tag", required: false)
                ?? data.Text("tag", required: false), data.Moment("receivedTimestamp")),
            _ => new SmsEvent.Received(id, Number(data.Text("from")!), data.Text("message", mayBeEmpty: true)!,
            data.Moment("receivedTimestamp") ?? node.Moment("eventTime") ?? node.Moment("time")),
        };
    }

    /// <summary>The details stand in a list that staff read, and the address is open to more than the provider.</summary>
    private static string? Short(string? details) => details is null ? null : Bounded.Text(details, SmsEvent.DeliveryReport.MaxDetails);

    /// <summary>Event Grid leaves out the + of international numbers; short codes never had one.</summary>
    private static string Number(string number) => number.Length is >= 8 and <= 15 && number.All(char.IsAsciiDigit) ? $"+{number}" : number;

    /// <summary>A JSON object and where it stands.</summary>
    private readonly record struct Node(JsonElement Element, string Path)
    {
        public string? Text(string name, bool required = true, bool mayBeEmpty = false)
        {
            if (Member(name, required) is not { } member) return null;
            var text = member.ValueKind == JsonValueKind.String ? member.GetString()! : throw Wrong(name, "a string");
            return text.Length > 0 || mayBeEmpty ? text : required ? throw Wrong(name, "a string with text") : null;
        }

        public Node Object(string name) => new(Member(name, required: true)!.Value, $"{Path}.{name}");

        public DateTimeOffset? Moment(string name)
        {
            if (Text(name, required: false) is null) return null;
            return Element.GetProperty(name).TryGetDateTimeOffset(out var moment) ? moment : throw Wrong(name, "an RFC 3339 time");
        }

        private JsonElement? Member(string name, bool required)
        {
            if (Element.ValueKind != JsonValueKind.Object) throw new MalformedException($"{Path} is not an object.", Path);
            if (Element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null) return member;
            return required ? throw new MalformedException($"{Path}.{name} is missing.", $"{Path}.{name}") : null;
        }

        private MalformedException Wrong(string name, string expected) => new($"{Path}.{name} is not {expected}.", $"{Path}.{name}");
    }

    private sealed class MalformedException(string message, string path) : Exception(message)
    {
        public string Path { get; } = path;
    }
}
