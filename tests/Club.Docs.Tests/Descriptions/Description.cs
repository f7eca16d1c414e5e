using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Club.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Club.Docs.Tests.Descriptions;

/// <summary>A description of docs/, read as YAML 1.2.</summary>
internal sealed partial class Description
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Description(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("docs", file)));
        Root = Node(yaml.Documents[0].RootNode)!.AsObject();
        Schemas = new SchemaCheck(this);
    }

    public static Description OpenApi { get; } = new("openapi.yaml");
    public static Description AsyncApi { get; } = new("asyncapi.yaml");

    public JsonObject Root { get; }

    public SchemaCheck Schemas { get; }

    /// <summary>What a local reference such as <c>#/components/schemas/Entry</c> leads to; null when nothing.</summary>
    public JsonNode? Find(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal)) return null;
        JsonNode? node = Root;
        foreach (var part in reference[2..].Split('/'))
            node = (node as JsonObject)?[Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal)];
        return node;
    }

    /// <summary>The node itself, or what it refers to.</summary>
    public JsonNode Follow(JsonNode node) => node["$ref"] is { } reference ? Follow(Find((string)reference!)!) : node;

    public JsonObject Schema(string name) => Find($"#/components/schemas/{name}")!.AsObject();

    /// <summary>Every <c>$ref</c> of the document.</summary>
    public IEnumerable<string> References() =>
        All(Root).Select(node => node["$ref"]).OfType<JsonValue>().Select(value => value.GetValue<string>()).Distinct();

    /// <summary>Every object of the document.</summary>
    public static IEnumerable<JsonObject> All(JsonNode? node) => node switch
    {
        JsonObject map => map.Select(member => member.Value).SelectMany(All).Prepend(map),
        JsonArray list => list.SelectMany(All),
        _ => [],
    };

    /// <summary>As a program writes it that leaves out every needless space.</summary>
    public static string Text(JsonNode node) => node.ToJsonString(Compact);

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map =>
            new JsonObject(map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Node(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => Plain(text),
        YamlScalarNode { Value: var text } => JsonValue.Create(text),
        _ => throw new NotSupportedException($"{node.GetType().Name} at {node.Start}"),
    };

    private static JsonValue? Plain(string? text) => text switch
    {
        null or "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when Number().IsMatch(text) => JsonValue.Create(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$")]
    private static partial Regex Number();
}
