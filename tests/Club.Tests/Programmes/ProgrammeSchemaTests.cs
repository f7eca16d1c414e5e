using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Programmes;
using CsCheck;
using Xunit;

namespace Club.Tests.Programmes;

/// <summary>programme.schema.json guides whoever writes a programme; the reader decides. They say the same.</summary>
public sealed class ProgrammeSchemaTests
{
    private static readonly JsonElement Root = JsonElement.Parse(File.ReadAllBytes(SampleFile("programme.schema")));
    private static readonly ProgrammeSchema Schema = new(Root);

    public static TheoryData<string> Shapes => [.. ProgrammeFormat.Shapes.Select(shape => shape.Name)];

    public static TheoryData<string> Samples => [.. ProgrammeLoader.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Schema_and_reader_name_the_same_members(string name)
    {
        var shape = ProgrammeFormat.Shapes.Single(shape => shape.Name == name);
        var schema = name == "programme" ? Root : Root.GetProperty("$defs").GetProperty(name);

        Assert.Equal(shape.Members.Order(), schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(shape.Required.Order(), schema.TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(member => member.GetString()!).Order() : []);
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Every_object_of_the_schema_is_one_that_the_reader_knows() =>
        Assert.Equal(
            ProgrammeFormat.Shapes.Select(shape => shape.Name).Except(["programme"]).Order(),
            Root.GetProperty("$defs").EnumerateObject().Where(definition => definition.Value.GetProperty("type").GetString() == "object")
            .Select(definition => definition.Name).Order());

    [Theory]
    [InlineData("wallet", "scope", typeof(WalletScope))]
    [InlineData("wallet", "negativeBalance", typeof(NegativeBalance))]
    [InlineData("expiry", "kind", typeof(ExpiryKind))]
    [InlineData("rounding", "mode", typeof(RoundingMode))]
    [InlineData("award", "per", typeof(AwardUnit))]
    [InlineData("award", "of", typeof(StepMeasure))]
    [InlineData("cap", "per", typeof(CapPeriod))]
    [InlineData("walletCap", "per", typeof(CapPeriod))]
    [InlineData("group", "stacking", typeof(Stacking))]
    [InlineData("tier", "downgrade", typeof(Downgrade))]
    [InlineData("criterion", "metric", typeof(Metric))]
    [InlineData("benefit", "per", typeof(BenefitPeriod))]
    [InlineData("care", "occasion", typeof(CareOccasion))]
    public void Schema_and_reader_name_the_same_words(string shape, string member, Type words) =>
        Assert.Equal(
            Enum.GetNames(words).Select(JsonNamingPolicy.CamelCase.ConvertName),
            Root.GetProperty("$defs").GetProperty(shape).GetProperty("properties").GetProperty(member).GetProperty("enum").EnumerateArray()
            .Select(word => word.GetString()!));

    [Fact]
    public void Everything_in_the_schema_is_described() => AssertDescribed(Root, "$");

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_schema_accepts_the_samples(string name) =>
        Assert.True(Schema.Accepts(JsonElement.Parse(File.ReadAllBytes(SampleFile(name)))));

    /// <summary>The reader also knows what a schema cannot say: references, order, templates. So it may refuse more, never less.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void What_the_reader_accepts_the_schema_accepts_however_a_file_is_changed(string name)
    {
        var sample = File.ReadAllText(SampleFile(name));
        var places = Places(JsonNode.Parse(sample)!).Count();
        var accepted = 0;
        Gen.Select(Gen.Int[0, places - 1], Gen.OneOf(
            "null", "true", "0", "1", "-1", "0.5", "0.001", "24", "1e6", "\"\"", "\"club\"", "\"x y\"", "\"2026-01-01\"", "\"never\"",
            "\"line\"", "\"D001-D002\"",
            "[]", "[\"parts\"]", "[1]", "{}", "{\"rate\":1}", "{\"fixed\":1,\"per\":\"line\"}", "{\"multiplier\":2}",
            "{\"kind\":\"never\"}", "{\"metric\":\"count\",\"atLeast\":1}", "remove", "add"))
            .Sample(
                (place, change) =>
                {
                    var file = JsonNode.Parse(sample)!;
                    Change(Places(file).ElementAt(place), change);
                    var json = JsonSerializer.SerializeToUtf8Bytes(file);
                    if (!Reads(json)) return;
                    Interlocked.Increment(ref accepted);
                    Assert.True(Schema.Accepts(JsonElement.Parse(json)),
                        $"{Places(JsonNode.Parse(sample)!).ElementAt(place).Key} → {change}");
                },
                iter: 250);
        Assert.InRange(accepted, 5, 240);
    }

    private static bool Reads(byte[] json)
    {
        try
        {
            ProgrammeReader.Read(json);
            return true;
        }
        catch (ProgrammeException)
        {
            return false;
        }
    }

    /// <summary>Every value in the file, with its parent.</summary>
    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject parent => parent.ToList().SelectMany(member => Below(parent, member.Key, member.Value)),
        JsonArray parent => Enumerable.Range(0, parent.Count).SelectMany(i => Below(parent, i, parent[i])),
        _ => [],
    };

    private static IEnumerable<(JsonNode, object)> Below(JsonNode parent, object key, JsonNode? child) =>
        child is null ? [(parent, key)] : Places(child).Prepend((parent, key));

    private static void Change((JsonNode Parent, object Key) place, string change)
    {
        var value = change is "remove" or "add" ? null : JsonNode.Parse(change);
        switch (place.Parent)
        {
            case JsonObject parent when change == "remove": parent.Remove((string)place.Key); break;
            case JsonObject parent when change == "add": parent["surprise"] = 1; break;
            case JsonObject parent: parent[(string)place.Key] = value; break;
            case JsonArray parent when change == "remove": parent.RemoveAt((int)place.Key); break;
            case JsonArray parent when change == "add": parent.Add(parent[(int)place.Key]!.DeepClone()); break;
            case JsonArray parent: parent[(int)place.Key] = value; break;
        }
    }

    private static void AssertDescribed(JsonElement schema, string path)
    {
        Assert.True(schema.TryGetProperty("description", out var description) && description.GetString()!.Length > 4,
            $"{path} has no description.");
        foreach (var part in new[] { "properties", "$defs" }.Where(part => schema.TryGetProperty(part, out _)))
            foreach (var member in schema.GetProperty(part).EnumerateObject()) AssertDescribed(member.Value, $"{path}.{member.Name}");
    }

    private static string SampleFile(string name) => Path.Combine(AppContext.BaseDirectory, "Programmes", name + ".json");
}
