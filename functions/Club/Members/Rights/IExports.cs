using System.Text.Json.Nodes;

namespace Club.Members;

/// <summary>Tells a person what a feature keeps of her. Registered by the feature.</summary>
public interface IExports
{
    /// <summary>The member of the file under which it stands, such as <c>messages</c>.</summary>
    string Name { get; }

    IAsyncEnumerable<JsonNode> Export(Profile profile, CancellationToken cancellation);
}
