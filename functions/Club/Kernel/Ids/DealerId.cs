using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>A dealer, by the id that the brand gives it.</summary>
[JsonConverter(typeof(IdJsonConverter<DealerId>))]
public readonly record struct DealerId(string Value) : IId<DealerId>
{
    public static DealerId Of(string value) => new(value);

    public static implicit operator string(DealerId id) => id.ToString();

    /// <exception cref="InvalidOperationException">A <c>default</c> names none.</exception>
    public override string ToString() => Value ?? throw new InvalidOperationException("There is no id of a dealer.");
}
