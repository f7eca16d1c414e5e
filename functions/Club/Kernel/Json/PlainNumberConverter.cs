using System.Text.Json;
using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>
/// Numbers of what is hashed, written as every store gives them back: without zeros at their end, and with no more digits than a double
/// keeps, which is what Cosmos DB makes of a number.
/// </summary>
internal sealed class PlainNumberConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Plain(value));

    public static decimal Plain(decimal value) => (decimal)(double)value / 1.0000000000000000000000000000m;
}
