using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Identity;

/// <summary>The key of all that is personal in one partition. It lies in a store of its own, so that no backup of the club's documents
/// holds it, and destroying it makes every copy of them unreadable.</summary>
public sealed record PersonKey : IStored<PersonKey>
{
    public const string Id = "key";

    /// <summary>AES-256; null once it is destroyed.</summary>
    public byte[]? Key { get; init; }

    static string IStored<PersonKey>.DocumentType => "personKey";
    static JsonTypeInfo<PersonKey> IStored<PersonKey>.JsonType => IdentityDocuments.Default.PersonKey;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(PersonKey))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class IdentityDocuments : JsonSerializerContext;
