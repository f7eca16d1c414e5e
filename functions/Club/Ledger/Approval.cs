using Club.Kernel;

namespace Club.Ledger;

/// <summary>Who let a message give more than one gives by itself, and why.</summary>
public sealed record Approval(string Author, string Reason)
{
    private const int MaximumReason = 512;
    private const int MaximumAuthor = 64;

    public static Outcome<Approval> Read(ReadOnlyMemory<byte> json) => JsonFields.Parse<Approval>(json, root =>
    {
        var (author, reason) = (root.Text("author", maximum: MaximumAuthor), root.Text("reason", maximum: MaximumReason));
        return root.Problem is { } problem ? problem : new Approval(author!, reason!);
    });
}
