using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Functions.Local.Topic;

namespace Functions.Local.Amqp;

/// <summary>What a client's outcome means, and what it is answered.</summary>
internal static class Settlement
{
    /// <summary>Longer words of a client are cut off.</summary>
    private const int Longest = 4096;

    private const string LockLost = "com.microsoft:message-lock-lost";

    public static Rejected Lost { get; } = new() { Error = new Error(new Symbol(LockLost)) { Description = LostWords } };

    public static Rejected Failed { get; } =
        new() { Error = new Error(new Symbol("com.microsoft:server-busy")) { Description = "It could not be written. Try again." } };

    public const string LostWords = "The lock has expired, or the message has been settled.";

    public const string LostCondition = LockLost;

    /// <summary>An outcome that nobody knows gives the message back. Deferring is not offered, and gives it back too.</summary>
    public static (Verdict Verdict, string Reason, DeliveryState Answer) Of(DeliveryState? state) => state switch
    {
        Accepted => (Verdict.Complete, "", state),
        Rejected rejected => (Verdict.DeadLetter, Reason(rejected.Error?.Info), new Rejected()),
        Modified { UndeliverableHere: true } => (Verdict.Abandon, "", new Rejected
        {
            Error = new Error(ErrorCode.NotImplemented) { Description = "This host defers no messages." },
        }),
        Modified => (Verdict.Abandon, "", new Modified()),
        _ => (Verdict.Abandon, "", new Released()),
    };

    public static string Reason(string? reason, string? description) =>
        description is null ? Line(reason) : $"{Line(reason)}\n{Cut(description)}";

    private static string Reason(Fields? info) => Reason(Of(info, "DeadLetterReason"), Of(info, "DeadLetterErrorDescription"));

    /// <summary>Some clients name it by a symbol, some by a string.</summary>
    private static string? Of(Fields? info, string name) =>
        info?.FirstOrDefault(one => one.Key.ToString() == name).Value as string;

    private static string Line(string? reason) => Cut(reason ?? "").ReplaceLineEndings(" ");

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
