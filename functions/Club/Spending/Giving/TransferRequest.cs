using Club.Access;
using Club.Identity;
using Club.Kernel;

namespace Club.Spending;

/// <summary>To whom points go: exactly one way of knowing her.</summary>
public sealed record Receiver(MemberId? MemberId, PersonIdentity? Identity)
{
    private static readonly string[] Ways = ["cardNumber", "memberId", "phone"];

    internal static Receiver? Read(JsonFields body)
    {
        var given = Ways.Where(body.Has).ToArray();
        if (given.Length != 1)
        {
            body.Fail(Ways[0], $"exactly one of {string.Join(", ", Ways)} is expected", given.Length == 0 ? "missing-data" : "invalid-data");
            return null;
        }
        if (body.Text(given[0], maximum: 64) is not { } text) return null;
        if (given[0] == "memberId") return new Receiver(new MemberId(text), null);
        var identity = PersonIdentity.Parse(given[0] == "phone" ? IdentityKind.Phone : IdentityKind.Card, text);
        if (identity.Problem is not { } wrong) return new Receiver(null, identity.Value);
        body.Fail(given[0], wrong.Message.TrimEnd('.'), wrong.Code);
        return null;
    }
}

/// <summary>What a transfer is asked for with.</summary>
/// <param name="Wallet">Null: the programme's first that can be given from.</param>
public sealed record TransferPointsRequest(Receiver To, Points Points, string? Reason, WalletCode? Wallet)
{
    public static Outcome<TransferPointsRequest> Read(JsonFields body)
    {
        var to = body.Child("to") is { } whom ? Receiver.Read(whom) : null;
        var points = body.Points("points");
        var reason = body.Text("reason", required: false, maximum: Limits.Reason);
        var wallet = body.Id<WalletCode>("wallet", required: false, maximum: 64);
        return body.Problem is { } problem ? problem : new TransferPointsRequest(to!, points!.Value, reason, wallet);
    }
}

/// <summary>A transfer as its giver is answered: what was taken from her. Who gets it is not told again, and what becomes of it is asked
/// for.</summary>
/// <param name="Cost">What the points cost that are sent: the sum of each lot's own price, in CNY.</param>
/// <param name="Lots">What is sent, lot by lot.</param>
/// <param name="Balance">What the wallet's entries add up to.</param>
public sealed record TransferAnswer(string TransferId, MemberId MemberId, WalletCode Wallet, Points Points, Points Fee, bool WithinFamily,
    Money Cost, IReadOnlyList<LotShare> Lots, DateTimeOffset At, Points Balance) : IOfMember
{
    public static TransferAnswer Of(Transfer one, Points balance)
    {
        var lots = LotShare.Moved(one.Lines);
        return new TransferAnswer(one.Id, one.MemberId, one.Wallet, one.Points, one.Fee, one.IsWithinFamily,
            lots.Aggregate(Money.Zero, (sum, lot) => sum + lot.Cost), lots, one.At, balance);
    }
}

/// <summary>A transfer as its giver's list shows it.</summary>
public sealed record GivenView(string TransferId, MemberId MemberId, TransferState State, WalletCode Wallet, Points Points, Points Fee,
    bool WithinFamily, string? Reason, DateTimeOffset At, DateTimeOffset? EndedAt, string Author) : IOfMember
{
    public static GivenView Of(Transfer one) => new(one.Id, one.MemberId, one.State, one.Wallet, one.Points, one.Fee, one.IsWithinFamily,
        one.Reason, one.At, one.EndedAt, one.Author);
}
