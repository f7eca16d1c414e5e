using System.Text.Json;
using Json.Schema;

namespace Club.Tests.Support;

/// <summary><c>programme.schema.json</c>, or a part of it, as an editor reads it.</summary>
internal sealed class ProgrammeSchema(JsonElement root)
{
    // Each by itself: the library keeps schemas by their $id, and tests ask for several of one.
    private readonly JsonSchema _schema = JsonSchema.FromText(root.GetRawText(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });

    public bool Accepts(JsonElement value) => _schema.Evaluate(value).IsValid;
}
