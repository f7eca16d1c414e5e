using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Club.Identity;
using Club.Kernel;

namespace Club.Gifts;

/// <summary>What the codes of vouchers are kept under. A batch's key follows from the club's own and the batch's salt, so that nobody
/// reads a
/// code out of the documents alone.</summary>
public sealed class VoucherSecrets(IdentityHasher hasher)
{
    private const int NonceBytes = 12, TagBytes = 16;

    /// <summary>HMAC key of the codes that the club makes.</summary>
    public byte[] KeyOf(VoucherBatch batch) => Encoding.ASCII.GetBytes(hasher.Key("voucherBatch", $"{batch.Id}\n{batch.Salt}"));

    /// <summary>Where an imported code leads.</summary>
    public string ClaimOf(string code) => $"voucherCode:{hasher.Key("voucherCode", code)}";

    public VoucherPart Close(VoucherBatch batch, int number, IReadOnlyList<string> codes)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(codes, ClubJson.Options);
        var box = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(SealOf(batch), TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), text, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), PlaceOf(batch,
            number));
        return new VoucherPart { Number = number, Sealed = box };
    }

    /// <exception cref="CryptographicException">It is not what was sealed, or not here.</exception>
    public IReadOnlyList<string> Open(VoucherBatch batch, VoucherPart part)
    {
        var text = new byte[part.Sealed.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(SealOf(batch), TagBytes);
        aes.Decrypt(part.Sealed.AsSpan(0, NonceBytes), part.Sealed.AsSpan(NonceBytes + TagBytes), part.Sealed.AsSpan(NonceBytes,
            TagBytes), text, PlaceOf(batch, part.Number));
        return JsonSerializer.Deserialize<string[]>(text, ClubJson.Options)!;
    }

    private byte[] SealOf(VoucherBatch batch) => SHA256.HashData(KeyOf(batch));

    private static byte[] PlaceOf(VoucherBatch batch, int number) => Encoding.ASCII.GetBytes(FormattableString.Invariant($"{batch.Id}\n{number}"));
}
