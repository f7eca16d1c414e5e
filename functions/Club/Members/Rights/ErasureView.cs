using Club.Kernel;

namespace Club.Members;

/// <summary>The receipt of an erasure: nothing of the person is in it.</summary>
/// <param name="State"><c>running</c> or <c>done</c>.</param>
/// <param name="Erased">What was found and is gone, by kind.</param>
public sealed record ErasureView(MemberId MemberId, string State, DateTimeOffset RequestedAt, DateTimeOffset? DoneAt, string Author,
    string Reason, IReadOnlyList<MemberId> Members, IReadOnlyDictionary<string, int> Erased)
{
    public static ErasureView Of(Erasure erasure) => new(erasure.MemberId, erasure.DoneAt is null ? "running" : "done",
        erasure.RequestedAt, erasure.DoneAt, erasure.Author, erasure.Reason, erasure.Members, erasure.Erased);
}
