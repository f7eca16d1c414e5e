using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>A wallet, by the code that the programme gives it.</summary>
[JsonConverter(typeof(IdJsonConverter<WalletCode>))]
public readonly record struct WalletCode(string Value) : IId<WalletCode>
{
    public static WalletCode Of(string value) => new(value);

    public static implicit operator string(WalletCode id) => id.ToString();

    /// <exception cref="InvalidOperationException">A <c>default</c> names none.</exception>
    public override string ToString() => Value ?? throw new InvalidOperationException("There is no id of a wallet.");
}
