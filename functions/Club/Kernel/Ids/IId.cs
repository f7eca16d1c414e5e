using System.Text.Json;
using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>An identifier of some kind.</summary>
public interface IId
{
    /// <summary>The text; null only in a <c>default</c>, which is no identifier.</summary>
    string Value { get; }
}

/// <summary>An identifier of one kind: a text that no other kind of identifier is taken for.</summary>
public interface IId<T> : IId where T : struct, IId<T>
{
    static abstract T Of(string value);
}

/// <summary>Identifiers in JSON are plain texts, as values and as names of members.</summary>
public sealed class IdJsonConverter<T> : JsonConverter<T> where T : struct, IId<T>
{
    /// <exception cref="JsonException">The token is no text.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? T.Of(reader.GetString()!) : throw new JsonException("An identifier is a text.");

    /// <exception cref="JsonException">The identifier is a <c>default</c>.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Of(reader.GetString()!);

    /// <inheritdoc cref="Write"/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Text(value));

    private static string Text(T value) => value.Value ?? throw new JsonException($"There is no {typeof(T).Name} to write.");
}
