/// The palette of 256 colours that terminals share: 16 of their own, a cube of 6×6×6, 24 greys.
///
/// The values are those of xterm's defaults (its `256colres.h` and the manual's `color0`…`color15`); the first
/// 16 differ between terminals, so that they are only ever a guess.
enum Palette {
    typealias Components = (red: UInt8, green: UInt8, blue: UInt8)

    static func components(of index: UInt8) -> Components {
        switch index {
        case 0...15: return firstSixteen[Int(index)]
        case 16...231:
            let cube = Int(index) - 16
            return (cubeLevels[cube / 36], cubeLevels[cube / 6 % 6], cubeLevels[cube % 6])
        default:
            let grey = UInt8(8 + 10 * (Int(index) - 232))
            return (grey, grey, grey)
        }
    }

    /// The nearest entry of 16–255: the person may have changed what is below.
    static func nearest256(to wanted: Components) -> UInt8 {
        nearest(to: wanted, among: 16...255)
    }

    static func nearest16(to wanted: Components) -> UInt8 {
        nearest(to: wanted, among: 0...15)
    }

    private static func nearest(to wanted: Components, among indices: ClosedRange<UInt8>) -> UInt8 {
        var best = (index: indices.lowerBound, distance: Int.max)
        for index in indices {
            let distance = distance(wanted, components(of: index))
            if distance < best.distance { best = (index, distance) }
        }
        return best.index
    }

    /// Squares weighted by what the eye notices; the weights are those usually given for sRGB.
    private static func distance(_ one: Components, _ other: Components) -> Int {
        let red = Int(one.red) - Int(other.red)
        let green = Int(one.green) - Int(other.green)
        let blue = Int(one.blue) - Int(other.blue)
        return 3 * red * red + 6 * green * green + blue * blue
    }

    private static let cubeLevels: [UInt8] = [0, 95, 135, 175, 215, 255]

    private static let firstSixteen: [Components] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]
}
