namespace Club.Local.Sample;

/// <summary>What stands on a bill. Pure.</summary>
internal static class SampleBills
{
    private const int UsualPrice = 120_000;

    private static readonly string[] Oils = ["06A115561B", "06J115403Q", "G052167M2", "06H905611"];
    private static readonly string[] Parts = ["5Q0698151", "1K0615301", "5Q0819653", "3C0955425", "1K0407366", "5Q0411315"];
    private static readonly string[] Accessories = ["floor-mats", "roof-box", "dash-camera", "child-seat", "window-film"];

    public static List<SampleLine> Visit(SampleVisitKind kind, int number, SampleCar car, SampleRandom random)
    {
        // Dearer cars have dearer parts; every fourth service is a large one.
        var dear = 0.6 + 0.4 * car.Model.Price / UsualPrice;
        var (parts, labour) = kind switch
        {
            SampleVisitKind.Check => (random.Between(60, 300), random.Between(50, 150)),
            SampleVisitKind.Repair => (random.Between(800, 5_000), random.Between(400, 2_500)),
            _ when number % 4 == 3 => (random.Between(900, 3_200), random.Between(300, 900)),
            _ => (random.Between(180, 600), random.Between(80, 300)),
        };
        var lines = new List<SampleLine>(3)
        {
            new("1", "parts", random.Of(kind == SampleVisitKind.Service ? Oils : Parts), Fen(parts * dear, random)),
            new("2", "labour", null, Fen(labour * dear, random)),
        };
        if (random.Happens(0.1)) lines.Add(new("3", "accessory", random.Of(Accessories), Fen(random.Between(100, 900), random)));
        return lines;
    }

    public static List<SampleLine> Policy(SampleCar car, SampleRandom random) =>
        [new("1", "insurance", null, Fen(1_800 + car.Price * (0.012 + 0.01 * random.Share()), random))];

    public static List<SampleLine> Sale(SampleCar car) => [new("1", "vehicle", null, car.Price * 100)];

    private static int Fen(double yuan, SampleRandom random) => (int)yuan * 100 + random.Below(10) * 10;
}
