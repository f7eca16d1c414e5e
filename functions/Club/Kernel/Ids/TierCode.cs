using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>A tier, by the code that the programme gives it.</summary>
[JsonConverter(typeof(IdJsonConverter<TierCode>))]
public readonly record struct TierCode(string Value) : IId<TierCode>
{
    public static TierCode Of(string value) => new(value);

    public static implicit operator string(TierCode id) => id.ToString();

    /// <exception cref="InvalidOperationException">A <c>default</c> names none.</exception>
    public override string ToString() => Value ?? throw new InvalidOperationException("There is no id of a tier.");
}
