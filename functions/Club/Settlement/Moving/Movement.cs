using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Settlement;

/// <summary>What a line of a statement tells. Up to <see cref="Owed"/> they are what became of the points that the party pays for; the
/// rest is what the party took, whoever paid for it.</summary>
[JsonConverter(typeof(CamelCaseEnum<LineKind>))]
public enum LineKind
{
    /// <summary>发放.</summary>
    Issued,

    /// <summary>扣回: taken back with a return.</summary>
    ClawedBack,

    /// <summary>本方兑换: spent with the party itself.</summary>
    RedeemedHere,

    /// <summary>他方兑换: spent with others, and donated.</summary>
    RedeemedElsewhere,

    /// <summary>退还: given back to members after they had been spent.</summary>
    Refunded,

    /// <summary>失效.</summary>
    Expired,

    /// <summary>转赠: to and from other members; over all parties it is what is under way, and fees.</summary>
    Transferred,

    /// <summary>换入: came in from a partner's programme.</summary>
    ExchangedIn,

    /// <summary>换出: went to a partner's programme.</summary>
    ExchangedOut,

    /// <summary>调整.</summary>
    Adjusted,

    /// <summary>抵欠: what points of one party made good for another's. They repaid what a member owed, which the programme bears; a return
    /// came out of them because its own were spent; or sharing left a hundredth. Over all parties it comes to nothing.</summary>
    Owed,

    /// <summary>收取: taken for goods.</summary>
    Taken,

    /// <summary>退回: given back after they had been taken.</summary>
    TakenBack,

    /// <summary>换出收取: taken for points of the partner's own programme.</summary>
    TakenInExchange,
}

/// <summary>What one entry of the ledger did to one party.</summary>
/// <param name="Points">As the ledger signs them for what the party pays for; for what it took, above zero.</param>
/// <param name="Day">Of whose agreement the price is: when the points were earned; of what was taken, when.</param>
/// <param name="Price">In CNY for a point, where no agreement says another: what the lot costs; of what was taken, what a point paid for.
/// Null: nothing.</param>
public readonly record struct Movement(Party Party, LineKind Line, WalletCode Wallet, Points Points, DateOnly Day, decimal? Price)
{
    /// <summary>Of what the party pays for: when the points lapse; null where they never do, or it is not known.</summary>
    public DateOnly? LapsesOn { get; init; }

    /// <summary>Whether it changes what the party pays for.</summary>
    public bool IsFunded => Line <= LineKind.Owed;
}
