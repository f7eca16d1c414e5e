using Club.Identity;
using Club.Kernel;
using Club.Spending;

namespace Club.Gifts;

/// <summary>What a member orders.</summary>
/// <param name="Points">Null: what it costs, where there is nothing to choose.</param>
public sealed record OrderRequest(string Gift, int Quantity, Points? Points, DealerId? CollectAt, ShipTo? ShipTo)
{
    public static Outcome<OrderRequest> Read(JsonFields body)
    {
        var gift = body.Text("gift", maximum: 64);
        var quantity = body.Whole("quantity", required: false) ?? 1;
        if (quantity is < 1 or > QuoteRequest.MostPieces) body.Fail("quantity", $"a whole number from 1 to {QuoteRequest.MostPieces} is expected");
        var points = body.Points("points", required: false);
        var dealer = body.Id<DealerId>("collectAt", required: false, maximum: 64);
        var shipTo = body.Child("shipTo", required: false) is { } address ? Address(address) : null;
        return body.Problem is { } problem ? problem : new OrderRequest(gift!, quantity, points, dealer, shipTo);
    }

    private static ShipTo? Address(JsonFields body)
    {
        var (name, phone, address) = (body.Text("name", maximum: 64), body.Text("phone", maximum: 32), body.Text("address", maximum: 256));
        if (phone is null) return null;
        var number = PhoneNumber.Parse(phone);
        if (!number.Succeeded) body.Fail("phone", "it is no phone number that can be called");
        return body.Problem is null ? new ShipTo(name!, number.Value.E164, address!) : null;
    }
}

/// <summary>A step of an order.</summary>
/// <param name="Reference">Of whoever carries it.</param>
public sealed record StepRequest(string? Reason, string? Reference)
{
    public static Outcome<StepRequest> Read(JsonFields body)
    {
        var request = new StepRequest(body.Text("reason", required: false, maximum: Limits.Reason), body.Text("reference", required: false, maximum: 64));
        return body.Problem is { } problem ? problem : request;
    }

    /// <summary>A cancellation says why.</summary>
    public static Outcome<StepRequest> ReadCancel(JsonFields body) =>
        body.Reason() is { } reason ? new StepRequest(reason, null) : body.Problem!;
}
