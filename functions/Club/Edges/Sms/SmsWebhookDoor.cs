using System.Security.Cryptography;
using System.Text;
using Club.Kernel;
using Club.Messaging;
using Microsoft.Extensions.Options;

namespace Club.Edges.Sms;

/// <summary>
/// Who may tell about text messages: whoever has the key that stands in the address of the subscription, <c>/api/webhooks/sms?key=…</c>.
/// Without keys in the settings the door is open; only a host for development starts so.
/// </summary>
public sealed class SmsWebhookDoor(IOptions<SmsOptions> options)
{
    private readonly byte[][] _keys = [.. options.Value.WebhookKeys.Select(Digest)];

    /// <returns>Problem <c>sms-webhook-key</c>; null for who may come in.</returns>
    public Problem? Refuse(string? key)
    {
        if (_keys.Length == 0) return null;
        var given = Digest(key ?? "");
        // All are compared, so that the time tells nothing.
        var known = false;
        foreach (var one in _keys) known |= CryptographicOperations.FixedTimeEquals(one, given);
        return known ? null : new Problem("sms-webhook-key",
            "The address must end with ?key= and the key of the settings (Sms__WebhookKeys).") { Kind = ProblemKind.Unproven };
    }

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
