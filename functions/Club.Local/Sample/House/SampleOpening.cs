using Club.Dealers;
using Club.Gifts;
using Club.Kernel;
using Club.Outgoing;
using Club.Partners;

namespace Club.Local.Sample;

/// <summary>What is there before the first member comes: partners, gifts, what is told of dealers, and who is told of events.</summary>
internal sealed class SampleOpening(PartnerBook partners, GiftCatalogue gifts, GiftStocks stocks, VoucherBatches batches,
    Dealerships dealers, SubscriptionBook subscriptions) : ISampleDesk
{
    public const string Bank = "sample-bank", Hotel = "sample-hotel";
    private const int Pieces = 1_000_000, Vouchers = 1000, HoldDays = 4;

    /// <summary>What a gift is worth, in CNY.</summary>
    public static readonly (string Code, string Name, string Category, GiftKind Kind, Collect Collect, int Yuan)[] Gifts =
    [
        ("car-cup", "车载保温杯", "生活", GiftKind.Goods, Collect.Ship, 12),
        ("floor-mats", "原厂脚垫", "附件", GiftKind.Goods, Collect.Dealer, 30),
        ("wash-card", "洗车券", "服务", GiftKind.Voucher, Collect.None, 8),
        ("check-up", "车辆检测", "服务", GiftKind.Service, Collect.None, 15),
    ];

    public async Task Work(SampleStaff staff)
    {
        if (staff.Today != staff.Options.From) return;
        var until = staff.Options.Until.AddYears(1);
        await Agree(staff, Bank, "样例银行", new Agreement(staff.Today, until, Billing.OnIssue, 0.01m, 0.008m, new ExchangeTerms(0.5m, 0.4m)));
        await Agree(staff, Hotel, "样例酒店", new Agreement(staff.Today, until, Billing.OnRedemption, 0.012m, 0.009m, null));
        if (staff.Options.Programme.Spending is { } spending)
            foreach (var gift in Gifts) await Offer(staff, gift, Points.Of(decimal.Floor(gift.Yuan / spending.PointValue)));
        if (staff.Options.Programme.Dealers.Regions.Count > 0)
            foreach (var region in staff.Options.Regions)
                foreach (var (place, dealer) in region.Dealers.Index()) await Tell(staff, region, place, dealer);
        var wanted = new SubscriptionRequest("https://crm.example.com/club-events", [EventTypes.Registered, "club.order.*"]);
        await staff.Act("PutSubscription", SampleStaff.Headquarters, null, "crm", who => subscriptions.Put("crm", wanted, who, default));
        await staff.Act("DisableSubscription", SampleStaff.Headquarters, null, "crm", who => subscriptions.Disable("crm", who, default));
    }

    private async Task Agree(SampleStaff staff, string code, string name, Agreement agreement)
    {
        await staff.Act("NamePartner", SampleStaff.Headquarters, null, code, who => partners.Name(code, name, who, default));
        await staff.Act("Agree", SampleStaff.Headquarters, null, code, who => partners.Agree(code, agreement, who, default));
    }

    private async Task Offer(SampleStaff staff, (string Code, string Name, string Category, GiftKind Kind, Collect Collect, int Yuan) one,
        Points points)
    {
        var gift = new Gift
        {
            Code = one.Code, Name = one.Name, Category = one.Category, Kind = one.Kind, From = staff.Today, Price = new GiftCost(points),
            For = new GiftTerms([], []), Collect = one.Collect, ValidMonths = one.Kind == GiftKind.Voucher ? 12 : null,
            Party = one.Collect == Collect.Dealer ? Gift.OfDealer : Gift.Headquarters, HoldMinutes = HoldDays * 24 * 60,
            ChangedAt = default, Author = "",
        };
        await staff.Act("PutGift", SampleStaff.Marketing, null, one.Code, who => gifts.Put(gift, null, who, default));
        if (one.Kind == GiftKind.Voucher)
            await staff.Act("MakeVouchers", SampleStaff.Marketing, null, one.Code, who =>
                batches.Make(new BatchRequest(one.Code, Vouchers + staff.Options.Members, null), staff.Command(), who, default));
        if (one.Kind == GiftKind.Goods)
            await staff.Act("ChangeStock", SampleStaff.Marketing, null, one.Code, who =>
                stocks.Change(one.Code, new StockRequest(Pieces, "首批入库"), staff.Command(), who, default));
    }

    private async Task Tell(SampleStaff staff, SampleRegion region, int place, DealerId dealer)
    {
        var city = region.CityOf(place);
        // Some kilometres from the middle.
        var at = new Place(city.North + staff.Random.Between(-9, 9) / 100m, city.East + staff.Random.Between(-9, 9) / 100m);
        var request = new DealershipRequest($"{city.Name}{dealer}店", null, city.Name, $"{city.Name}样例路{place + 1}号", null, at,
            [Capability.Sales, Capability.FullAfterSales], null);
        await staff.Act("PutDealer", SampleStaff.Headquarters, null, dealer.Value, who => dealers.Put(dealer, request, who, default));
    }
}
