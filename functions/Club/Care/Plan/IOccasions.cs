using Club.Kernel;
using Club.Messaging;

namespace Club.Care;

/// <summary>What messages and calls need to know of what they are about, when they are to leave. Registered by the feature whose occasions
/// they are.</summary>
public interface IOccasions
{
    /// <summary>What keys of its occasions begin with, such as <c>activity</c>.</summary>
    string Kind { get; }

    /// <summary>Whether there still is something to tell.</summary>
    /// <param name="occasion">As messages are named by it; where calls ask, without the days before.</param>
    ValueTask<bool> Holds(MemberId memberId, string occasion, CancellationToken cancellation);

    /// <summary>A message that was planned is not sent after all. Safe to repeat.</summary>
    Task NotSaid(SmsRecord message, CancellationToken cancellation) => Task.CompletedTask;
}
