using System.Text.Json.Nodes;

namespace Club.Docs.Tests.Descriptions;

/// <summary>One operation of openapi.yaml.</summary>
internal sealed record Operation(string Verb, string Path, JsonObject Node)
{
    private static readonly string[] Verbs = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    public static IReadOnlyList<Operation> All { get; } =
        [.. from path in Description.OpenApi.Root["paths"]!.AsObject()
            from member in path.Value!.AsObject()
            where Verbs.Contains(member.Key)
            select new Operation(member.Key.ToUpperInvariant(), path.Key, member.Value!.AsObject())];

    public string Id => (string)Node["operationId"]!;
    public bool IsFunction => Path.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>The names of all schemes that may or must be used.</summary>
    public IEnumerable<string> Security => Node["security"]!.AsArray().SelectMany(way => way!.AsObject()).Select(scheme => scheme.Key);

    public IEnumerable<(string Status, JsonNode Node)> Responses =>
        Node["responses"]!.AsObject().Select(response => (response.Key, Description.OpenApi.Follow(response.Value!)));

    public static Operation At(string verb, string path) => All.Single(operation => operation.Verb == verb && operation.Path == path);

    public static Operation Named(string id) => All.Single(operation => operation.Id == id);

    /// <summary>What is described for an answer's status and media type; null when nothing is.</summary>
    public JsonNode? Answer(int status, string mediaType)
    {
        var responses = Responses.ToDictionary(response => response.Status, response => response.Node);
        var response = responses.GetValueOrDefault($"{status}") ?? responses.GetValueOrDefault($"{status / 100}XX")
            ?? (status >= 500 ? responses.GetValueOrDefault("default") : null);
        return response?["content"]?[mediaType];
    }

    /// <summary>The example of the request, or of the given answer.</summary>
    public JsonNode Request(string mediaType) => Node["requestBody"]!["content"]![mediaType]!["example"]!;
}
