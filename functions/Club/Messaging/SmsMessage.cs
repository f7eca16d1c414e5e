using System.Security.Cryptography;
using System.Text;

namespace Club.Messaging;

/// <param name="To">E.164.</param>
/// <param name="Text">The whole text, composed.</param>
/// <param name="RepeatabilityId">The same in every attempt, so that the provider sends once. See <see cref="RepeatabilityIdOf"/>.</param>
/// <param name="FirstSent">When the first attempt was made; the same in every attempt.</param>
/// <param name="Tag">Comes back in the delivery report. No personal data.</param>
public sealed record SmsMessage(string To, string Text, Guid RepeatabilityId, DateTimeOffset FirstSent, string? Tag)
{
    /// <summary>A UUID derived from the club's own id of the message.</summary>
    public static Guid RepeatabilityIdOf(string messageId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"sms\n{messageId}"), hash);
        // Version 4 is what the service recommends; the value is opaque to it.
        hash[6] = (byte)(hash[6] & 0x0F | 0x40);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Without number and text, so that logs stay free of them.</summary>
    public override string ToString() => $"SMS {RepeatabilityId} {Tag}";
}
