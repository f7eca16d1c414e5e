using System.Globalization;
using Club.Kernel;

namespace Club.Local.Sample;

/// <summary>All that a member does, in order of time. It follows from the options and her number: whoever asks again is told the same.
/// Pure.</summary>
internal sealed class SampleLife
{
    private const double Returned = 0.02, Redeemed = 0.18, Insured = 0.35, OtherDealer = 0.55, ByVin = 0.15;
    private const int DaysBeforeRedeeming = 45;

    private static readonly string[] Payments = ["wechat", "card", "alipay", "cash"];

    private readonly SampleOptions _options;
    private readonly SampleRandom _random;
    private readonly List<SampleAct> _acts = [];
    private int _documents;

    private SampleLife(SampleOptions options, int number)
    {
        (_options, _random) = (options, new SampleRandom(options.Seed, number));
        Member = SamplePersons.Draw(options, _random, number);
    }

    public SampleMember Member { get; }

    public static IReadOnlyList<SampleAct> Of(SampleOptions options, int number)
    {
        var life = new SampleLife(options, number);
        life.Join();
        life.Buy();
        life.Visit();
        life.Insure();
        // A stable order: of two acts in one minute the one that was drawn first.
        return [.. life._acts.OrderBy(act => act.At)];
    }

    private void Join()
    {
        if (Member.JoinedOn is not { } joined) return;
        if (Member.FollowedOn is { } followed) _acts.Add(new SampleAct.Follows(Member, At(followed, 8, 22)));
        _acts.Add(new SampleAct.Registers(Member, At(joined, 8, 22), [Member.Cars[0]]));
    }

    private void Buy()
    {
        var isFirst = true;
        foreach (var car in Member.Cars.Where(car => _options.Has(car.PurchasedOn)))
        {
            var isAgain = car != Member.Cars[0];
            var sale = Pay(At(car.PurchasedOn, 10, 17), Member.Dealer, car, SampleBills.Sale(car), "SA") with
            {
                Campaign = isAgain ? SampleMember.Repurchase : null,
            };
            _acts.Add(sale);
            if (isAgain && sale.At.AddDays(1) is var told && Has(told)) _acts.Add(new SampleAct.Registers(Member, told, Member.Cars));
            // Only who is known to have bought one before is given points for another.
            var delivered = sale.At.AddDays(_random.Between(2, 14));
            if (isAgain && !isFirst && _options.RepurchaseAwaits is { } awaited && Has(delivered))
                _acts.Add(new SampleAct.Confirms(Member, delivered, Id("DV"), sale, awaited));
            isFirst = false;
        }
    }

    private void Visit()
    {
        var number = 0;
        foreach (var (day, kind) in SampleVisits.Of(_options, Member, _random))
        {
            var car = CarOn(day);
            var pays = Pay(At(day, 8, 17), Dealer(), car, SampleBills.Visit(kind, number++, car, _random), "WO") with
            {
                BookedDaysAhead = _random.Happens(0.6) ? _random.Between(0, 14) : null,
                Odometer = (day.DayNumber - car.PurchasedOn.DayNumber) * Member.KilometresPerDay + _random.Between(5, 20),
                IsByVin = day > Member.JoinedOn && _random.Happens(ByVin),
            };
            _acts.Add(pays);
            Redeem(pays);
            Return(pays);
        }
    }

    private void Redeem(SampleAct.Pays pays)
    {
        var (chance, percent, isHeld) = (_random.Share(), _random.Between(2, 10) * 10, _random.Happens(0.4));
        if (chance < Redeemed && Member.JoinedOn is { } joined && DateOnly.FromDateTime(pays.At) > joined.AddDays(DaysBeforeRedeeming))
            _acts.Add(new SampleAct.Redeems(Member, pays.At.AddMinutes(2), pays, percent, isHeld));
    }

    private void Return(SampleAct.Pays pays)
    {
        var (chance, days, isAll) = (_random.Share(), _random.Between(1, 15), _random.Happens(0.3));
        var at = pays.At.AddDays(days);
        if (chance < Returned && Has(at) && !(DateOnly.FromDateTime(at) >= Member.LostOn))
            _acts.Add(new SampleAct.Returns(Member, at, Id("RT"), pays, isAll ? null : pays.Lines[0] with { Fen = pays.Lines[0].Fen / 2 }));
    }

    /// <summary>A policy is renewed with the dealer in the weeks before the anniversary.</summary>
    private void Insure()
    {
        if (!_random.Happens(Insured)) return;
        for (var year = 1; Member.Cars[0].PurchasedOn.AddYears(year) is var anniversary && anniversary <= _options.Until; year++)
        {
            var day = anniversary.AddDays(-_random.Between(1, 25));
            if (!_options.Has(day) || day < Member.SeenFrom || day >= Member.LostOn || CarOn(day) != Member.Cars[0]) continue;
            _acts.Add(Pay(At(day, 9, 17), Member.Dealer, Member.Cars[0], SampleBills.Policy(Member.Cars[0], _random), "IN"));
        }
    }

    private SampleAct.Pays Pay(DateTime at, DealerId dealer, SampleCar car, IReadOnlyList<SampleLine> lines, string kind) =>
        new(Member, at, Id(kind), dealer, car, lines) { PaymentMethod = _random.OfEarly(Payments) };

    private DealerId Dealer() => Member.Loyalty == SampleLoyalty.SeveralDealers && _random.Happens(OtherDealer)
        ? _random.Of(Member.Region.Dealers) : Member.Dealer;

    private SampleCar CarOn(DateOnly day) => Member.Cars.Last(car => car == Member.Cars[0] || car.PurchasedOn <= day);

    private string Id(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{Member.Number}-{++_documents}");

    private DateTime At(DateOnly day, int from, int to) =>
        day.ToDateTime(new TimeOnly(_random.Between(from, to - 1), _random.Below(60)));

    private bool Has(DateTime at) => _options.Has(DateOnly.FromDateTime(at));
}
